package org.yuqiao.store.marian;

import static org.yuqiao.files.InvalidInputException.require;

import java.nio.file.Path;
import java.util.Optional;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.OutputFolder;
import org.yuqiao.files.marian.MarianBinary;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.WeightTying;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.settings.SettingsTree;
import org.yuqiao.store.ModelManifest;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.sentencepiece.SentencePieceTokenizer;

/**
 * Imports a student of Firefox Translations (Bergamot), or another Transformer of the Marian
 * toolkit: a binary model file with its settings inside, and SentencePiece models. int8 weights
 * become float32.
 *
 * @param folder of the model
 * @param direction zh-en or en-zh; empty to read it from the name of the model file
 */
public record StudentImport(Path folder, Optional<String> direction) {
  /** Whether {@code folder} holds a model file of the Marian toolkit. */
  public static boolean accepts(Path folder) {
    return StudentFiles.areIn(folder);
  }

  /**
   * Writes the model folder {@code out}.
   *
   * @return its manifest
   * @throws InvalidInputException when a file is missing, damaged or unlike the others, the model
   *     has something that this program lacks, or {@code out} is not empty
   */
  public ModelManifest write(Path out) {
    StudentFiles files = StudentFiles.in(folder);
    try (MarianBinary binary = MarianBinary.open(files.model())) {
      StudentConfig config = StudentConfig.of(binary.settings(), files.model());
      require(
          config.tying() == WeightTying.TARGET || files.source().equals(files.target()),
          files.model() + " has one embedding for both sides, but there are two vocabularies");
      SentencePieceTokenizer source = SentencePieceTokenizer.ofOwnIds(files.source(), true);
      SentencePieceTokenizer target = SentencePieceTokenizer.ofOwnIds(files.target(), false);
      ExperimentSettings settings =
          SettingsTree.defaults()
              .with(config.settings(chosenDirection(files)), folder.toString())
              .check(files.model().toString());
      OutputFolder.requireEmpty(out);
      EncoderDecoder model = settings.translationModel(source.size(), target.size());
      RunFolder run = new RunFolder(out);
      new StudentWeights(files.model(), binary, source.vocabulary(), target.vocabulary())
          .write(model, run.model());
      run.saveTokenizer(settings.source(), source);
      run.saveTokenizer(settings.target(), target);
      SettingsFile.write(settings, run.settings());
      return ImportedModel.describe(run, settings, model);
    }
  }

  private String chosenDirection(StudentFiles files) {
    return direction
        .or(files::direction)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "the name of "
                        + files.model()
                        + " has neither zhen nor enzh; give --direction zh-en or en-zh"));
  }
}
