package org.yuqiao.backend;

/**
 * Which of N columns a key's distance from a query belongs to. The queries are the last T of the S
 * positions (all of them in training, the newest alone when a translation is made token by token),
 * so query t stands at p = t + S - T. Column n stands for the distance n - k with k = (N - 1) / 2,
 * below 0 for keys before the query; distances beyond k count as k (Shaw et al. 2018, section 3.2).
 */
final class Distances {
  private final int sentences;
  private final int heads;
  private final int queries;
  private final int keys;
  private final int reach;

  /**
   * The distances in scores of a shape.
   *
   * @param scores {@code [B, H, T, S]}
   * @param columns N
   */
  Distances(long[] scores, long columns) {
    this.sentences = (int) scores[0];
    this.heads = (int) scores[1];
    this.queries = (int) scores[2];
    this.keys = (int) scores[3];
    this.reach = (int) (columns - 1) / 2;
  }

  /** k, the distance in which all greater ones are counted. */
  int reach() {
    return reach;
  }

  /** The position of query {@code t} among the keys. */
  int position(int t) {
    return t + keys - queries;
  }

  /** The first key not clipped, seen from position {@code p}. */
  int from(int p) {
    return Math.max(0, p - reach);
  }

  /** The key after the last one not clipped. */
  int to(int p) {
    return Math.min(keys, p + reach + 1);
  }

  /** Something done for a query, a key and the column of their distance. */
  interface Visitor {
    void visit(int b, int h, int t, int s, int n);
  }

  /** Visits every pair of every sentence and head. */
  void forEach(Visitor visitor) {
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
