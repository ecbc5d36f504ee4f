package org.yuqiao.store.huggingface;

import static org.yuqiao.files.InvalidInputException.require;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.OutputFolder;
import org.yuqiao.files.TensorFile;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.WeightTying;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.ModelWeights;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.marian.MarianExport;
import org.yuqiao.text.BpeTokenizer;
import org.yuqiao.text.Segmentation;
import org.yuqiao.text.Tokenizer;

/**
 * Exports a translation model as a folder that {@code from_pretrained} of Hugging Face Transformers
 * loads: class marian for post-norm and for imported models, pegasus for pre-norm.
 */
public final class HuggingFaceExport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKENIZER = "tokenizer.json";
  private static final String TOKENIZER_CONFIG = "tokenizer_config.json";

  private final RunFolder run;
  private final ExperimentSettings settings;
  private final ModelClass type;

  /**
   * An export of {@code run}.
   *
   * @throws org.yuqiao.files.InvalidInputException with the name of the setting that no class can
   *     express
   */
  public HuggingFaceExport(RunFolder run) {
    this.run = run;
    this.settings = run.loadSettings();
    settings.requireTranslation(run.path());
    this.type = ModelClass.of(settings.model());
  }

  /**
   * Writes the folder. int8 weights become float32.
   *
   * @return the class, as "pegasus (PegasusForConditionalGeneration)"
   * @throws org.yuqiao.files.InvalidInputException when {@code folder} is not empty, or sources are
   *     cut by a word segmenter
   */
  public String write(Path folder) {
    Tokenizer source = run.loadTokenizer(settings.source());
    Tokenizer target = run.loadTokenizer(settings.target());
    if (source instanceof BpeTokenizer from && target instanceof BpeTokenizer to) {
      write(folder, from, to);
    } else {
      new MarianExport(run).write(folder);
    }
    return type.type() + " (" + type.architecture() + ")";
  }

  private void write(Path folder, BpeTokenizer source, BpeTokenizer target) {
    require(
        source.segmentation() != Segmentation.WORD,
        "Hugging Face's tokenizers have no subwords.segmentation word");
    OutputFolder.requireEmpty(folder);
    boolean tied = settings.model().weightTying() == WeightTying.THREE_WAY;
    JointVocabulary vocabulary = JointVocabulary.of(source, target, tied);
    EncoderDecoder model = settings.translationModel(source.size(), target.size());
    try (TensorFile weights = ModelWeights.open(run, model)) {
      new ModelTensors(type, settings.model(), weights, vocabulary)
          .write(folder.resolve("model.safetensors"));
    }
    ModelConfig config = new ModelConfig(type, settings, vocabulary);
    write(folder.resolve("config.json"), config.config());
    write(folder.resolve("generation_config.json"), config.generation());
    writeTokenizer(folder, new SideTokenizer(source, target, settings.source(), true), tied);
    writeTokenizer(
        folder.resolve("target"),
        new SideTokenizer(target, source, settings.target(), false),
        tied);
  }

  private void writeTokenizer(Path folder, SideTokenizer tokenizer, boolean tied) {
    write(folder.resolve(TOKENIZER), tied ? tokenizer.shared() : tokenizer.joint());
    ObjectNode root = JSON.createObjectNode();
    root.put("tokenizer_class", "PreTrainedTokenizerFast");
    root.put("model_max_length", settings.model().maxPositions());
    root.put("pad_token", Tokenizer.SPECIALS.get(Tokenizer.PAD));
    root.put("bos_token", Tokenizer.SPECIALS.get(Tokenizer.BOS));
    root.put("eos_token", Tokenizer.SPECIALS.get(Tokenizer.EOS));
    root.put("unk_token", Tokenizer.SPECIALS.get(Tokenizer.UNK));
    List<String> others = tied ? List.of() : tokenizer.markedSpecials();
    others.forEach(root.putArray("additional_special_tokens")::add);
    root.put("clean_up_tokenization_spaces", false);
    root.put("split_special_tokens", true);
    root.put("source_lang", settings.source().code());
    root.put("target_lang", settings.target().code());
    write(folder.resolve(TOKENIZER_CONFIG), root);
  }

  private static void write(Path file, ObjectNode root) {
    AtomicFile.write(
        file, out -> out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root)));
  }
}
