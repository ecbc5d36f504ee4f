package org.yuqiao.layers.attention;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.op.EmbeddingLookupOp;
import org.yuqiao.backend.op.RelativePositionBiasOp;
import org.yuqiao.layers.base.Initializer;
import org.yuqiao.layers.base.Scope;

/**
 * A number learnt for each head and each bucket of distances, added to the scores (T5, Raffel et
 * al. 2020, section 2.1). Near distances have a bucket each, far ones share them logarithmically.
 * The layers of a stack share the numbers.
 */
public final class RelativePositionBias implements Positions, AttentionPositions {
  private final SDVariable bias;
  private final SDVariable buckets;

  /** Declares the numbers {@code [buckets, H]}. */
  RelativePositionBias(Scope scope, Stack stack) {
    int count = stack.relative().buckets();
    int heads = stack.attention().heads();
    Initializer normal = new Initializer.Normal(1 / Math.sqrt(stack.width()));
    this.bias = scope.parameter(stack.name() + ".positions", normal, count, heads);
    int reach = stack.positions() - 1;
    int[] ids = new int[2 * reach + 1];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = bucket(i - reach, stack.causal(), count, stack.relative().maxDistance());
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
      SDVariable scores, SDVariable queries, SDVariable mask, PositionOffset beginning) {
    return RelativePositionBiasOp.of(
        scores, EmbeddingLookupOp.of(bias, buckets), beginning.position());
  }

  /**
   * The bucket of a distance. The first half of the buckets holds one distance each, the second
   * half grows logarithmically up to {@code greatest}. Where later keys are seen too, they have
   * half of all buckets for themselves.
   *
   * @param distance position of the key less position of the query
   */
  public static int bucket(int distance, boolean causal, int buckets, int greatest) {
    if (causal) {
      return bucketOfLength(Math.max(0, -distance), buckets, greatest);
    }
    int half = buckets / 2;
    return (distance > 0 ? half : 0) + bucketOfLength(Math.abs(distance), half, greatest);
  }

  private static int bucketOfLength(int length, int buckets, int greatest) {
    int exact = buckets / 2;
    if (length < exact) {
      return length;
    }
    double share = Math.log((double) length / exact) / Math.log((double) greatest / exact);
    return Math.min(buckets - 1, exact + (int) (share * (buckets - exact)));
  }
}
