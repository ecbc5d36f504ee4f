package org.yuqiao.backend.op;

/**
 * The clipped relative position of every key to every query (Shaw et al. 2018, section 3.2).
 *
 * <p>Query t is at position p = first + t, key s at s; {@code first} is above 0 only in
 * token-by-token decoding. Column n of N stands for clip(s - p, k) = n - k with k = (N - 1) / 2.
 */
public final class RelativePositions {
  private final int sentences;
  private final int heads;
  private final int queries;
  private final int keys;
  private final int max;
  private final int first;

  /**
   * The relative positions in scores of a shape.
   *
   * @param scores {@code [B, H, T, S]}
   * @param columns N
   * @param first the position of the first query
   */
  public RelativePositions(long[] scores, long columns, int first) {
    this.sentences = (int) scores[0];
    this.heads = (int) scores[1];
    this.queries = (int) scores[2];
    this.keys = (int) scores[3];
    this.max = (int) (columns - 1) / 2;
    this.first = first;
  }

  /** k, the relative position at which all larger ones are clipped. */
  public int max() {
    return max;
  }

  /** The position of query {@code t}. */
  public int position(int t) {
    return first + t;
  }

  /** The first key that is not clipped for a query at position {@code p}. */
  public int from(int p) {
    return Math.min(keys, Math.max(0, p - max));
  }

  /** The key after the last one that is not clipped. */
  public int to(int p) {
    return Math.min(keys, p + max + 1);
  }

  /** Visits a query t, a key s and the column n of their relative position. */
  interface Visitor {
    void visit(int b, int h, int t, int s, int n);
  }

  /** Visits every query and key of every sentence and head. */
  void forEach(Visitor visitor) {
    for (int b = 0; b < sentences; b++) {
      for (int h = 0; h < heads; h++) {
        for (int t = 0; t < queries; t++) {
          for (int s = 0; s < keys; s++) {
            int clipped = Math.max(-max, Math.min(max, s - position(t)));
            visitor.visit(b, h, t, s, clipped + max);
          }
        }
      }
    }
  }
}
