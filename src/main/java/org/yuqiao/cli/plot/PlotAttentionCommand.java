package org.yuqiao.cli.plot;

import java.util.concurrent.Callable;
import org.yuqiao.decode.explain.AttentionWeights;
import org.yuqiao.decode.explain.Explanation;
import org.yuqiao.figure.AttentionPlot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao plot attention}: what each head looks at. */
@Command(
    name = "attention",
    description = "Draws what every layer and head looks at while a sentence is translated.",
    mixinStandardHelpOptions = true)
final class PlotAttentionCommand implements Callable<Integer> {
  /** Which attention. */
  enum Kind {
    ENCODER("Encoder self-attention"),
    DECODER("Decoder self-attention"),
    CROSS("Cross-attention");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    private AttentionWeights of(Explanation explanation) {
      return switch (this) {
        case ENCODER -> explanation.encoderSelf();
        case DECODER -> explanation.decoderSelf();
        case CROSS -> explanation.cross();
      };
    }
  }

  @Option(
      names = "--kind",
      paramLabel = "encoder|decoder|cross",
      defaultValue = "cross",
      description = "Source at source, target at target, or target at source (${DEFAULT-VALUE}).")
  private Kind kind;

  @Mixin private ExplainedSentence sentence;

  @Mixin private PictureOption output;

  @Override
  public Integer call() {
    Explanation explanation = sentence.explain();
    String title = kind.title + ": " + explanation.translation();
    output.write(AttentionPlot.heads(title, kind.of(explanation), sentence.font()));
    return 0;
  }
}
