package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Writes keys or values of new positions into a cache, in place: cache[b, position + t, :] =
 * added[b, t, :], cache {@code [B, C, D]}, added {@code [B, T, D]}, position {@code [1]}. The
 * result shares the cache's memory, so nothing else is copied.
 */
public final class CacheAppendOp extends CustomOp {
  private CacheAppendOp(SameDiff graph, SDVariable... args) {
    super(graph, 1, args);
  }

  @Override
  public String opName() {
    return "yuqiao_cache_append";
  }

  /** Writes {@code added} into {@code cache} at {@code position}. */
  public static SDVariable of(SDVariable cache, SDVariable added, SDVariable position) {
    return new CacheAppendOp(cache.getSameDiff(), cache, added, position).outputVariable();
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {in[0]};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    int position = in[2].getInt(0);
    out[0]
        .get(
            NDArrayIndex.all(),
            NDArrayIndex.interval(position, position + in[1].size(1)),
            NDArrayIndex.all())
        .assign(in[1]);
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw new UnsupportedOperationException("used in decoding only");
  }
}
