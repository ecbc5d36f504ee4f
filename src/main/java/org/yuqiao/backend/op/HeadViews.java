package org.yuqiao.backend.op;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Matrices of single heads, for the references of the ops on relative positions. */
final class HeadViews {
  private HeadViews() {}

  /** Columns of head h: a view {@code [B, T, d_k]}. */
  static INDArray columns(INDArray x, int h, int heads) {
    long width = x.size(2) / heads;
    return x.get(
        NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(h * width, (h + 1) * width));
  }

  /** Head h of x as a matrix {@code [B T, d_k]}. */
  static INDArray head(INDArray x, int h, int heads) {
    INDArray whole = x.isView() ? x.dup('c') : x;
    return CustomOp.rows(columns(whole, h, heads).dup('c'));
  }

  /** The columns of a table that head h reads {@code [N, d_k]}; a view unless table is one. */
  static INDArray table(INDArray table, int h, int heads, long modelWidth) {
    long width = modelWidth / heads;
    long from = table.size(1) == modelWidth ? h * width : 0;
    INDArray whole = table.isView() ? table.dup('c') : table;
    return whole.get(NDArrayIndex.all(), NDArrayIndex.interval(from, from + width));
  }
}
