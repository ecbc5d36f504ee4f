package org.yuqiao.cli.plot;

import java.nio.file.Path;
import java.util.Optional;
import org.yuqiao.cli.console.DirectionOption;
import org.yuqiao.decode.explain.Explanation;
import org.yuqiao.inference.TranslationModel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The sentence of an attention or next-token plot, and the model that translates it. */
final class ExplainedSentence {
  @Parameters(paramLabel = "SENTENCE", description = "The source sentence.")
  private String sentence;

  @Option(
      names = "--translation",
      paramLabel = "TEXT",
      description = "Explains this translation by teacher forcing; default: the model's own.")
  private Optional<String> translation = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "RUN",
      description = "The folder of a run or a model; default: the shipped model of --direction.")
  private Optional<Path> model = Optional.empty();

  @Mixin private DirectionOption direction;

  @Option(
      names = "--font",
      paramLabel = "FILE",
      description = "A TrueType or OpenType font; default: an installed one.")
  private Optional<Path> font = Optional.empty();

  /** Attention weights, alternatives and alignment of the translation. */
  Explanation explain() {
    try (TranslationModel translator = TranslationModel.load(model.orElseGet(direction::shipped))) {
      direction.check(translator.settings());
      return translation
          .map(text -> translator.explain(sentence, text))
          .orElseGet(() -> translator.explain(sentence));
    }
  }

  Optional<Path> font() {
    return font;
  }
}
