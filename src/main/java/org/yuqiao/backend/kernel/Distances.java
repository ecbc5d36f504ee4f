package org.yuqiao.backend.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.tensor.Tensor;

/**
 * Which of N columns a key's distance from a query belongs to. Key s stands at position s, query t
 * at p = first + t, first being 0 but when a translation is made token by token. Column n stands
 * for the distance n - k with k = (N - 1) / 2, below 0 for keys before the query; distances beyond
 * k count as k (Shaw et al. 2018, section 3.2).
 */
public final class Distances {
  private final int sentences;
  private final int heads;
  private final int queries;
  private final int keys;
  private final int reach;
  private final int first;

  /**
   * The distances in scores of a shape.
   *
   * @param scores {@code [B, H, T, S]}
   * @param columns N
   * @param first the position of the first query
   */
  public Distances(long[] scores, long columns, int first) {
    this.sentences = (int) scores[0];
    this.heads = (int) scores[1];
    this.queries = (int) scores[2];
    this.keys = (int) scores[3];
    this.reach = (int) (columns - 1) / 2;
    this.first = first;
  }

  /** The first query's position, from an op's input at {@code index} if it has so many. */
  public static int first(INDArray[] in, int index) {
    return in.length > index ? in[index].getInt(0) : 0;
  }

  /** As above. */
  public static int first(Tensor[] in, int index) {
    return in.length > index ? in[index].ints()[0] : 0;
  }

  /** k, the distance in which all greater ones are counted. */
  int reach() {
    return reach;
  }

  /** The position of query {@code t}. */
  int position(int t) {
    return first + t;
  }

  /** The first key not clipped, seen from position {@code p}. */
  int from(int p) {
    return Math.min(keys, Math.max(0, p - reach));
  }

  /** The key after the last one not clipped. */
  int to(int p) {
    return Math.min(keys, p + reach + 1);
  }

  /** Something done for a query, a key and the column of their distance. */
  public interface Visitor {
    void visit(int b, int h, int t, int s, int n);
  }

  /** Visits every pair of every sentence and head. */
  public void forEach(Visitor visitor) {
    for (int b = 0; b < sentences; b++) {
      for (int h = 0; h < heads; h++) {
        for (int t = 0; t < queries; t++) {
          for (int s = 0; s < keys; s++) {
            int distance = Math.max(-reach, Math.min(reach, s - position(t)));
            visitor.visit(b, h, t, s, distance + reach);
          }
        }
      }
    }
  }
}
