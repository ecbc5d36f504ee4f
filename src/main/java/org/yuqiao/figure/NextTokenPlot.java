package org.yuqiao.figure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yuqiao.decode.explain.ExplainedToken;
import org.yuqiao.decode.explain.Explanation;
import org.yuqiao.plot.BarPanels;
import org.yuqiao.plot.Picture;

/** The most probable next tokens at each step of a translation; the chosen one is highlighted. */
public final class NextTokenPlot {
  private static final int ACROSS = 4;

  private NextTokenPlot() {}

  /**
   * Plots one panel for each token of the translation.
   *
   * @param font a font file, or empty for an installed font
   * @throws org.yuqiao.files.InvalidInputException if no font can display the tokens
   */
  public static Picture of(Explanation explanation, Optional<Path> font) {
    List<BarPanels.Panel> panels = new ArrayList<>();
    List<ExplainedToken> target = explanation.target();
    for (int step = 0; step < target.size(); step++) {
      panels.add(panel(step + 1, target.get(step)));
    }
    String title = "The next token, step by step: " + explanation.translation();
    List<String> texts =
        Stream.concat(Stream.of(title), panels.stream().flatMap(p -> p.labels().stream())).toList();
    return new BarPanels(title, panels, ACROSS, AttentionPlot.font(texts, font)).picture();
  }

  private static BarPanels.Panel panel(int step, ExplainedToken token) {
    List<String> labels = new ArrayList<>();
    List<Double> probabilities = new ArrayList<>();
    int chosen = -1;
    for (ExplainedToken.Alternative alternative : token.alternatives()) {
      if (alternative.token().equals(token.token())) {
        chosen = labels.size();
      }
      labels.add(AttentionPlot.label(alternative.token()));
      probabilities.add(Math.exp(alternative.logProbability()));
    }
    if (chosen < 0) {
      chosen = labels.size();
      labels.add(AttentionPlot.label(token.token()));
      probabilities.add(Math.exp(token.logProbability()));
    }
    return new BarPanels.Panel("step " + step, labels, probabilities, chosen);
  }
}
