package org.yuqiao.cli.translate;

import java.util.List;
import java.util.Locale;
import org.yuqiao.inference.AcceptedTranslations;

/** The outcomes of a robustness test as text: lines not accepted, then a table by kind. */
final class AcceptedOutput {
  private AcceptedOutput() {}

  static String text(List<AcceptedTranslations.Outcome> outcomes) {
    StringBuilder text = new StringBuilder();
    for (AcceptedTranslations.Outcome outcome : outcomes) {
      if (!outcome.matches()) {
        text.append(outcome.line().kind())
            .append(outcome.degenerate() ? ", degenerate" : "")
            .append('\t')
            .append(outcome.line().source())
            .append('\t')
            .append(outcome.translation())
            .append('\n');
      }
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%-12s %6s %9s %6s %11s %13s%n",
            "kind",
            "lines",
            "accepted",
            "chrF",
            "degenerate",
            "spans copied"));
    AcceptedTranslations.summaries(outcomes)
        .forEach(
            (kind, summary) ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "%-12s %6d %9d %6.1f %11d %13s%n",
                        kind,
                        summary.lines(),
                        summary.matching(),
                        summary.chrf(),
                        summary.degenerate(),
                        summary.copied() + "/" + summary.spans())));
    return text.toString();
  }
}
