package org.yuqiao.decode.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.yuqiao.decode.step.StepModel;
import org.yuqiao.text.Tokenizer;

/**
 * A language model over a tiny vocabulary that depends on the last two tokens and the position, so
 * that all translations can be enumerated.
 */
public final class TableModel implements StepModel {
  private static final int POSITIONS = 12;

  private final int vocabulary;
  private final long seed;
  private List<int[]> prefixes = List.of();
  private int steps;

  public TableModel(int vocabulary, long seed) {
    this.vocabulary = vocabulary;
    this.seed = seed;
  }

  /** Log-probabilities of the token after {@code prefix}, which begins with {@code <bos>}. */
  public float[] next(int[] prefix) {
    int last = prefix[prefix.length - 1];
    int before = prefix.length < 2 ? 0 : prefix[prefix.length - 2];
    SplittableRandom random =
        new SplittableRandom(seed * 7919 + last * 101L + before * 13L + prefix.length);
    double[] logits = new double[vocabulary];
    double sum = 0;
    for (int i = 0; i < vocabulary; i++) {
      logits[i] = 2 * random.nextGaussian();
      sum += Math.exp(logits[i]);
    }
    float[] result = new float[vocabulary];
    for (int i = 0; i < vocabulary; i++) {
      result[i] = (float) (logits[i] - Math.log(sum));
    }
    return result;
  }

  /** The log-probability of a translation and its end. */
  double logProbability(int[] tokens) {
    double sum = 0;
    for (int t = 0; t <= tokens.length; t++) {
      int[] before = new int[t + 1];
      before[0] = Tokenizer.BOS;
      System.arraycopy(tokens, 0, before, 1, t);
      sum += next(before)[t < tokens.length ? tokens[t] : Tokenizer.EOS];
    }
    return sum;
  }

  @Override
  public void begin(List<int[]> sources) {
    prefixes = sources.stream().map(source -> new int[0]).toList();
    steps = 0;
  }

  @Override
  public void step(int[] tokens) {
    List<int[]> longer = new ArrayList<>();
    for (int row = 0; row < tokens.length; row++) {
      int[] prefix = Arrays.copyOf(prefixes.get(row), prefixes.get(row).length + 1);
      prefix[prefix.length - 1] = tokens[row];
      longer.add(prefix);
    }
    prefixes = longer;
    steps++;
  }

  /** The number of steps since the batch began. */
  int steps() {
    return steps;
  }

  @Override
  public void read(int row, float[] logProbabilities) {
    System.arraycopy(next(prefixes.get(row)), 0, logProbabilities, 0, vocabulary);
  }

  /** The n-th token attends to source position n mod 3. */
  @Override
  public void readAttention(int row, float[] weights) {
    Arrays.fill(weights, 0f);
    weights[(prefixes.get(row).length - 1) % Math.min(3, weights.length)] = 1;
  }

  @Override
  public void select(int[] kept, int[] rows) {
    prefixes = Arrays.stream(rows).mapToObj(prefixes::get).toList();
  }

  @Override
  public int vocabulary() {
    return vocabulary;
  }

  @Override
  public int positions() {
    return POSITIONS;
  }

  @Override
  public void close() {
    prefixes = List.of();
  }
}
