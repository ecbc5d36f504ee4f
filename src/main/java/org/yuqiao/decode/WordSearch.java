package org.yuqiao.decode;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.yuqiao.backend.GreatestLogit;
import org.yuqiao.text.Tokenizer;

/** {@link GreedySearch} that does not tell how probable the words are. */
final class WordSearch implements Search {
  private static final int[] GO_ON = {0};

  private final Constraint constraint;
  private final Consumer<float[]> rule;
  private int[] tokens = new int[16];
  private int length;
  private boolean done;

  WordSearch(Constraint constraint) {
    this.constraint = constraint;
    this.rule = scores -> constraint.apply(tokens, length, scores);
  }

  @Override
  public int rows() {
    return done ? 0 : 1;
  }

  @Override
  public int token(int row) {
    return length == 0 ? Tokenizer.BOS : tokens[length - 1];
  }

  @Override
  public int[] advance(Scores scores) {
    OptionalInt forced = constraint.forced(length);
    int next = forced.isPresent() ? forced.getAsInt() : scores.best(0, rule);
    if (next != GreatestLogit.NONE && next != Tokenizer.EOS) {
      append(next);
      done = isEnd(constraint.forced(length));
    } else {
      done = true;
    }
    return done ? new int[0] : GO_ON;
  }

  /** Whether nothing but the end may follow: then nobody needs to ask. */
  private static boolean isEnd(OptionalInt forced) {
    return forced.isPresent() && forced.getAsInt() == Tokenizer.EOS;
  }

  private void append(int token) {
    if (length == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * length);
    }
    tokens[length++] = token;
  }

  @Override
  public List<Hypothesis> result() {
    return List.of(new Hypothesis(Arrays.copyOf(tokens, length), Double.NaN, Double.NaN));
  }
}
