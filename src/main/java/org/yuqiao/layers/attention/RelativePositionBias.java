package org.yuqiao.layers.attention;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.op.EmbeddingLookupOp;
import org.yuqiao.backend.op.RelativePositionBiasOp;
import org.yuqiao.layers.base.Initializer;
import org.yuqiao.layers.base.Scope;

/**
 * A learned bias for each head and bucket of distances, added to the scores (T5, Raffel et al.
 * 2020, section 2.1). Short distances have a bucket each, long ones share them logarithmically. The
 * layers of a stack share the biases.
 */
public final class RelativePositionBias implements Positions, AttentionPositions {
  private final SDVariable bias;
  private final SDVariable buckets;

  /** Declares the biases {@code [buckets, H]}. */
  RelativePositionBias(Scope scope, Stack stack) {
    int count = stack.relative().buckets();
    int heads = stack.attention().heads();
    Initializer normal = new Initializer.Normal(1 / Math.sqrt(stack.width()));
    this.bias = scope.parameter(stack.name() + ".positions", normal, count, heads);
    int maxOffset = stack.positions() - 1;
    int[] ids = new int[2 * maxOffset + 1];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = bucket(i - maxOffset, stack.causal(), count, stack.relative().maxDistance());
    }
    this.buckets =
        scope
            .graph()
            .constant(stack.name() + ".buckets", Nd4j.createFromArray(ids).reshape(1, ids.length));
  }

  @Override
  public AttentionPositions inAttention(String name) {
    return this;
  }

  @Override
  public SDVariable onScores(
      SDVariable scores, SDVariable queries, SDVariable mask, PositionOffset offset) {
    return RelativePositionBiasOp.of(
        scores, EmbeddingLookupOp.of(bias, buckets), offset.position());
  }

  /**
   * The bucket of a distance. The first half of the buckets holds one distance each, the second
   * half grows logarithmically up to {@code maxDistance}. Without causal mask, later keys have half
   * of all buckets.
   *
   * @param distance position of the key minus position of the query
   */
  public static int bucket(int distance, boolean causal, int buckets, int maxDistance) {
    if (causal) {
      return bucketOfLength(Math.max(0, -distance), buckets, maxDistance);
    }
    int half = buckets / 2;
    return (distance > 0 ? half : 0) + bucketOfLength(Math.abs(distance), half, maxDistance);
  }

  private static int bucketOfLength(int length, int buckets, int maxDistance) {
    int exact = buckets / 2;
    if (length < exact) {
      return length;
    }
    double fraction = Math.log((double) length / exact) / Math.log((double) maxDistance / exact);
    return Math.min(buckets - 1, exact + (int) (fraction * (buckets - exact)));
  }
}
