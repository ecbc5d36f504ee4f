package org.yuqiao.cli.plot;

import java.util.concurrent.Callable;
import org.yuqiao.decode.explain.AttentionWeights;
import org.yuqiao.decode.explain.Explanation;
import org.yuqiao.figure.AttentionPlot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao plot attention}: heat maps of the attention weights of every head. */
@Command(
    name = "attention",
    description = "Draws the attention weights of every layer and head for a translated sentence.",
    mixinStandardHelpOptions = true)
final class PlotAttentionCommand implements Callable<Integer> {
  /** The attention of an encoder-decoder. */
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
      description =
          "Encoder self-attention, decoder self-attention or cross-attention (default: ${DEFAULT-VALUE}).")
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
