package org.yuqiao.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.yuqiao.text.Tokenizer;

/** The search for one sentence: hypotheses that still grow, and those that have ended. */
final class Beam {
  private static final Comparator<Hypothesis> BEST_FIRST =
      Comparator.comparingDouble((Hypothesis h) -> -h.score());

  private final DecodingSettings settings;
  private final int maximumLength;
  private List<Prefix> alive = List.of(new Prefix(new int[] {Tokenizer.BOS}, 0));
  private final List<Hypothesis> ended = new ArrayList<>();

  /** A beginning, with {@code <bos>} in front. */
  record Prefix(int[] tokens, double logProbability) {}

  private record Extension(int prefix, int token, double logProbability) {}

  Beam(DecodingSettings settings, int maximumLength) {
    this.settings = settings;
    this.maximumLength = maximumLength;
  }

  List<Prefix> alive() {
    return alive;
  }

  /**
   * Extends every prefix by a token.
   *
   * @param logits the scores of the next token for every prefix, one row after the other from
   *     {@code offset} on
   */
  void advance(float[] logits, int offset, int vocabulary) {
    List<Extension> candidates = new ArrayList<>();
    for (int p = 0; p < alive.size(); p++) {
      addBest(candidates, p, logits, offset + p * vocabulary, vocabulary);
    }
    candidates.sort(
        Comparator.comparingDouble((Extension e) -> -e.logProbability)
            .thenComparingInt(Extension::prefix)
            .thenComparingInt(Extension::token));
    List<Prefix> next = new ArrayList<>();
    for (int i = 0; i < candidates.size() && next.size() < settings.beam(); i++) {
      Extension extension = candidates.get(i);
      int[] tokens = alive.get(extension.prefix).tokens();
      if (extension.token != Tokenizer.EOS) {
        next.add(new Prefix(append(tokens, extension.token), extension.logProbability));
      } else if (i < settings.beam()) {
        end(tokens, extension.logProbability);
      }
    }
    alive = next;
    if (length() >= maximumLength || isDecided()) {
      close();
    }
  }

  /** Tokens of the prefixes, {@code <bos>} not counted. */
  private int length() {
    return alive.isEmpty() ? maximumLength : alive.get(0).tokens().length - 1;
  }

  private static int[] append(int[] tokens, int token) {
    int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
    longer[tokens.length] = token;
    return longer;
  }

  private void end(int[] tokens, double logProbability) {
    double score = logProbability / settings.penalty(tokens.length);
    ended.add(new Hypothesis(Arrays.copyOfRange(tokens, 1, tokens.length), logProbability, score));
  }

  /**
   * True when no prefix can overtake the hypotheses that are wanted, even if all its further tokens
   * were certain.
   */
  private boolean isDecided() {
    if (ended.size() < settings.beam() || alive.isEmpty()) {
      return alive.isEmpty();
    }
    ended.sort(BEST_FIRST);
    double bestPossible = alive.get(0).logProbability() / settings.penalty(maximumLength + 1);
    return ended.get(settings.beam() - 1).score() >= bestPossible;
  }

  private void close() {
    if (ended.size() < settings.beam()) {
      alive.forEach(prefix -> end(prefix.tokens(), prefix.logProbability()));
    }
    alive = List.of();
  }

  /** The best hypotheses, the best first; at most as many as the beam is wide. */
  List<Hypothesis> result() {
    return ended.stream().sorted(BEST_FIRST).limit(settings.beam()).toList();
  }

  /** The best beam + 1 extensions of one prefix: one of them at most is the end. */
  private void addBest(
      List<Extension> candidates, int prefix, float[] logits, int from, int vocabulary) {
    boolean first = alive.get(prefix).tokens().length == 1;
    double base = alive.get(prefix).logProbability() - logNormaliser(logits, from, vocabulary);
    int wanted = settings.beam() + 1;
    int[] best = new int[wanted];
    int found = 0;
    for (int token = 0; token < vocabulary; token++) {
      boolean allowed =
          token != Tokenizer.PAD
              && token != Tokenizer.BOS
              && token != Tokenizer.UNK
              && !(first && token == Tokenizer.EOS);
      float logit = logits[from + token];
      if (!allowed || (found == wanted && logit <= logits[from + best[found - 1]])) {
        continue;
      }
      int at = found == wanted ? found - 1 : found++;
      while (at > 0 && logits[from + best[at - 1]] < logit) {
        best[at] = best[at - 1];
        at--;
      }
      best[at] = token;
    }
    for (int i = 0; i < found; i++) {
      candidates.add(new Extension(prefix, best[i], base + logits[from + best[i]]));
    }
  }

  private static double logNormaliser(float[] logits, int from, int count) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      max = Math.max(max, logits[from + i]);
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Math.exp(logits[from + i] - max);
    }
    return max + Math.log(sum);
  }
}
