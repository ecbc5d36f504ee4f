package org.yuqiao.cli.translate;

import java.util.Optional;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.inference.ExplainedLine;
import picocli.CommandLine.Option;

/** Whether translations come with what the model thought of them. */
final class ExplainOptions {
  private static final int USUAL_ALTERNATIVES = 5;

  @Option(
      names = "--explain",
      description = {
        "Prints one JSON object for each line: the translation; for each sentence of the line its"
            + " tokens, each target token's log-probability, entropy and best alternatives, the"
            + " attention of every layer and head, and the beam as a tree."
      })
  private boolean explain;

  @Option(
      names = "--alternatives",
      paramLabel = "K",
      description = "With --explain: how many tokens are told for each place (5).")
  private Optional<Integer> alternatives = Optional.empty();

  @Option(
      names = "--alignments",
      description = {
        "Prints each translation with the words that translate each other, as Moses does:"
            + " translation ||| 0-0 1-2, source and target words counted from 0.",
        "Words are what stands between spaces; among Chinese characters each token is one. A target"
            + " word belongs to the source word it looks at most, in the last decoder layer but"
            + " one, heads averaged, weights summed over the word's tokens."
      })
  private boolean alignments;

  /** Whether a translation alone is not all that is asked for. */
  boolean isAsked() {
    if (alternatives.isPresent() && !explain) {
      throw new InvalidInputException("--alternatives goes with --explain");
    }
    if (explain && alignments) {
      throw new InvalidInputException(
          "give --explain, which holds alignments, or --alignments, not both");
    }
    return explain || alignments;
  }

  /** The number of most probable tokens at each position. */
  int alternatives() {
    return alternatives.orElse(USUAL_ALTERNATIVES);
  }

  /** The line to print, ended by a line feed. */
  String print(long number, ExplainedLine line) {
    return explain
        ? ExplanationJson.of(number, line) + "\n"
        : line.translation() + " ||| " + line.alignment().toMoses() + "\n";
  }
}
