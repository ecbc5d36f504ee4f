package org.yuqiao.layers.attention;

/**
 * The sizes of relative position schemes.
 *
 * @param clippingDistance k of {@link RelativePositionsShaw}: longer distances are clipped to k
 * @param buckets of {@link RelativePositionBias}: biases of each head
 * @param maxDistance of {@link RelativePositionBias}: all distances from here on share a bucket
 */
public record RelativeSettings(int clippingDistance, int buckets, int maxDistance) {
  /** The values of the papers. */
  public static final RelativeSettings DEFAULT = new RelativeSettings(16, 32, 128);
}
