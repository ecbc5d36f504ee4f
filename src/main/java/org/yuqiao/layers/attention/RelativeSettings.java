package org.yuqiao.layers.attention;

/**
 * The sizes of the schemes that look at distances.
 *
 * @param clippingDistance k of {@link RelativePositionsShaw}: greater distances count as k
 * @param buckets of {@link RelativePositionBias}: numbers learnt for each head
 * @param maxDistance of {@link RelativePositionBias}: from here on all distances share a bucket
 */
public record RelativeSettings(int clippingDistance, int buckets, int maxDistance) {
  /** The values of the papers. */
  public static final RelativeSettings USUAL = new RelativeSettings(16, 32, 128);
}
