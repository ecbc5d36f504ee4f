package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.tensor.Tensor;

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

  public static void kernel(Tensor[] in, Tensor[] out, Workspace workspace) {
    Tensor cache = out[0];
    int fresh = in[1].dim(1) * in[1].width();
    int position = in[2].ints()[0];
    float[] rows = workspace.array(0, fresh);
    for (int b = 0; b < cache.dim(0); b++) {
      in[1].read(b * fresh, rows, 0, fresh);
      cache.write((b * cache.dim(1) + position) * cache.width(), rows, 0, fresh);
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw new UnsupportedOperationException("used in decoding only");
  }
}
