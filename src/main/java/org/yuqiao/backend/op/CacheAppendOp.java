package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Puts the keys (or values) of new positions into a cache, in place: cache {@code [B, C, D]}, fresh
 * {@code [B, T, D]}, position {@code [1]}, result the cache with cache[b, position + t, :] =
 * fresh[b, t, :]. The result is the memory of the cache itself, so nothing else is copied.
 */
public final class CacheAppendOp extends CustomOp {
  private CacheAppendOp(SameDiff graph, SDVariable... args) {
    super(graph, 1, args);
  }

  @Override
  public String opName() {
    return "yuqiao_cache_append";
  }

  /** Puts {@code fresh} at {@code position} of {@code cache}. */
  public static SDVariable of(SDVariable cache, SDVariable fresh, SDVariable position) {
    return new CacheAppendOp(cache.getSameDiff(), cache, fresh, position).outputVariable();
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
