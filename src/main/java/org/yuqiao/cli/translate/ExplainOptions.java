package org.yuqiao.cli.translate;

import java.util.Optional;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.inference.ExplainedLine;
import org.yuqiao.inference.ExplanationJson;
import picocli.CommandLine.Option;

/** Options that print attention, alternatives and word alignments with each translation. */
final class ExplainOptions {
  private static final int DEFAULT_ALTERNATIVES = 5;

  @Option(
      names = "--explain",
      description = {
        "Prints one JSON object per line: the translation, and for each sentence its tokens, the"
            + " log-probability, entropy and best alternatives of each target token, the attention"
            + " weights of every layer and head, and the beam search as a tree."
      })
  private boolean explain;

  @Option(
      names = "--alternatives",
      paramLabel = "K",
      description = "With --explain: alternatives listed per target token (default: 5).")
  private Optional<Integer> alternatives = Optional.empty();

  @Option(
      names = "--alignments",
      description = {
        "Prints each translation with its word alignment in the format of Moses: translation |||"
            + " 0-0 1-2, source and target words counted from 0.",
        "Words are separated by spaces; among Chinese characters each token is a word. A target"
            + " word is aligned with the source word that has the most cross-attention in the"
            + " penultimate decoder layer, averaged over heads, summed over the tokens of a word."
      })
  private boolean alignments;

  /** Whether --explain or --alignments is given. */
  boolean isGiven() {
    UsageException.refuseIf(
        alternatives.isPresent() && !explain, "--alternatives goes with --explain");
    UsageException.refuseIf(
        explain && alignments,
        "give --explain, which includes alignments, or --alignments, not both");
    return explain || alignments;
  }

  /** The number of most probable tokens at each position. */
  int alternatives() {
    return alternatives.orElse(DEFAULT_ALTERNATIVES);
  }

  /** The line to print, ended by a line feed. */
  String print(long number, ExplainedLine line) {
    return explain
        ? ExplanationJson.text(number, line) + "\n"
        : line.translation() + " ||| " + line.alignment().toMoses() + "\n";
  }
}
