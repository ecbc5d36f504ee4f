package org.yuqiao.decode.trace;

/**
 * The columns of one head in queries, keys, values and context.
 *
 * @param width D, of all heads
 * @param heads H
 * @param head from 0
 */
record HeadColumns(int width, int heads, int head) {
  /** d_k. */
  int size() {
    return width / heads;
  }

  /** The first column. */
  int from() {
    return head * size();
  }

  /** The column after the last. */
  int to() {
    return from() + size();
  }
}
