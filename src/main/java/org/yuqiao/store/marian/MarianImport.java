package org.yuqiao.store.marian;

import static org.yuqiao.files.InvalidInputException.require;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.JsonFile;
import org.yuqiao.files.NamedTensors;
import org.yuqiao.files.OutputFolder;
import org.yuqiao.files.TensorFile;
import org.yuqiao.files.torch.TorchFile;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.settings.SettingsTree;
import org.yuqiao.store.ModelManifest;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.sentencepiece.PieceVocabulary;
import org.yuqiao.text.sentencepiece.SentencePieceTokenizer;

/**
 * Imports the folder of a Marian model in the format of Hugging Face: configuration, weights,
 * SentencePiece models, vocabularies.
 *
 * @param folder of the model
 * @param direction zh-en or en-zh; empty to read it from {@code tokenizer_config.json}
 * @param targetLanguage of a multilingual model, as {@code cmn_Hans}
 */
public record MarianImport(
    Path folder, Optional<String> direction, Optional<String> targetLanguage) {
  private static final Set<String> CHINESE = Set.of("zh", "zho", "cmn", "zh_cn", "cmn_hans");
  private static final Set<String> ENGLISH = Set.of("en", "eng");

  /**
   * Writes the model folder {@code out}.
   *
   * @return its manifest
   * @throws InvalidInputException when a file is missing, damaged or unlike the others, the model
   *     has something that this program lacks, or {@code out} is not empty
   */
  public ModelManifest write(Path out) {
    require(Files.isDirectory(folder), "there is no folder " + folder);
    MarianConfig config = MarianConfig.read(folder);
    SentencePieceTokenizer source = source();
    SentencePieceTokenizer target = target(config);
    requireIds(config, target.vocabulary());
    ExperimentSettings settings =
        SettingsTree.defaults()
            .with(config.settings(chosenDirection()), folder.toString())
            .check(folder.resolve("config.json").toString());
    OutputFolder.requireEmpty(out);
    EncoderDecoder model = settings.translationModel(source.size(), target.size());
    RunFolder run = new RunFolder(out);
    Path file = weights();
    try (NamedTensors tensors = open(file)) {
      new MarianWeights(file, tensors, config.tying(), source.vocabulary(), target.vocabulary())
          .write(model, run.model());
    }
    run.saveTokenizer(settings.source(), source);
    run.saveTokenizer(settings.target(), target);
    SettingsFile.write(settings, run.settings());
    return ImportedModel.describe(run, settings, model);
  }

  private SentencePieceTokenizer source() {
    SentencePieceTokenizer source =
        SentencePieceTokenizer.source(folder.resolve("source.spm"), folder.resolve("vocab.json"));
    return targetLanguage.map(source::withTargetLanguage).orElse(source);
  }

  private SentencePieceTokenizer target(MarianConfig config) {
    Path own = folder.resolve("target_vocab.json");
    boolean separate = Files.isRegularFile(own);
    require(
        !separate || !config.sharesEmbeddings(),
        folder + " has a " + own.getFileName() + ", but its embeddings are shared");
    return SentencePieceTokenizer.target(
        folder.resolve("target.spm"), separate ? own : folder.resolve("vocab.json"));
  }

  private void requireIds(MarianConfig config, PieceVocabulary vocabulary) {
    require(
        vocabulary.fileId(Tokenizer.EOS) == config.id("eos_token_id"),
        folder + ": eos_token_id of config.json is not the id of </s> in the vocabulary");
    require(
        vocabulary.fileId(Tokenizer.BOS) == config.id("decoder_start_token_id"),
        folder
            + ": decoder_start_token_id of config.json is not the id of <pad> in the vocabulary");
  }

  private String chosenDirection() {
    if (direction.isPresent()) {
      return direction.get();
    }
    Path file = folder.resolve("tokenizer_config.json");
    JsonNode config = Files.isRegularFile(file) ? JsonFile.read(file) : null;
    String from = config == null ? "" : config.path("source_lang").asText();
    String to = config == null ? "" : config.path("target_lang").asText();
    if (isOne(CHINESE, from) && isOne(ENGLISH, to)) {
      return "zh-en";
    }
    require(
        isOne(ENGLISH, from) && isOne(CHINESE, to),
        config == null
            ? "there is no " + file + " that names the languages; give --direction zh-en or en-zh"
            : file
                + " names the languages '"
                + from
                + "' and '"
                + to
                + "'; if they are Chinese and English, give --direction zh-en or en-zh");
    return "en-zh";
  }

  private static boolean isOne(Set<String> codes, String code) {
    return codes.contains(code.toLowerCase(Locale.ROOT));
  }

  private Path weights() {
    Path safe = folder.resolve("model.safetensors");
    Path pickled = folder.resolve("pytorch_model.bin");
    require(
        Files.isRegularFile(safe) || Files.isRegularFile(pickled),
        "there is neither " + safe + " nor " + pickled.getFileName());
    return Files.isRegularFile(safe) ? safe : pickled;
  }

  private static NamedTensors open(Path file) {
    return file.toString().endsWith(".bin") ? TorchFile.open(file) : TensorFile.open(file);
  }
}
