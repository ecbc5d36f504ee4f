package org.yuqiao.cli.translate;

import java.nio.file.Path;
import java.util.Optional;
import org.yuqiao.decode.explain.Explanation;
import org.yuqiao.inference.TranslationModel;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The sentence that a picture is about, and who translates it. */
public final class ExplainedSentence {
  @Parameters(paramLabel = "SENTENCE", description = "What is translated.")
  private String sentence;

  @Option(
      names = "--translation",
      paramLabel = "TEXT",
      description = "Looks at this translation; otherwise at the model's own.")
  private Optional<String> translation = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "RUN",
      description = "The folder of a run or a model; otherwise that of models/.")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = "--direction",
      paramLabel = "zh-en|en-zh",
      defaultValue = "zh-en",
      description = "Which model of models/ (${DEFAULT-VALUE}).")
  private String direction;

  @Option(
      names = "--font",
      paramLabel = "FILE",
      description = "A TrueType or OpenType font; otherwise an installed one.")
  private Optional<Path> font = Optional.empty();

  /** What the model thinks of it. */
  public Explanation explain() {
    try (TranslationModel translator =
        model.map(TranslationModel::load).orElseGet(() -> TranslationModel.shipped(direction))) {
      return translation
          .map(text -> translator.explain(sentence, text))
          .orElseGet(() -> translator.explain(sentence));
    }
  }

  public Optional<Path> font() {
    return font;
  }
}
