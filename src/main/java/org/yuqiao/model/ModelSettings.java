package org.yuqiao.model;

import org.yuqiao.files.BadInput;
import org.yuqiao.graph.LayerShape;
import org.yuqiao.graph.NormPlacement;

/**
 * The sizes and switches of an encoder-decoder.
 *
 * @param width D, the model width
 * @param innerWidth F, the width inside the feed-forward networks
 * @param heads H, which divides D
 * @param encoderLayers layers of the encoder
 * @param decoderLayers layers of the decoder
 * @param dropout the share of activations dropped in training, 0 to below 1
 * @param norm layer norm before ({@code pre}) or after ({@code post}) each sub-layer
 * @param tieOutput whether the output layer is the target embedding turned round
 * @param maximumPositions the longest sequence, in tokens
 */
public record ModelSettings(
    int width,
    int innerWidth,
    int heads,
    int encoderLayers,
    int decoderLayers,
    double dropout,
    NormPlacement norm,
    boolean tieOutput,
    int maximumPositions) {

  /** Checks that the sizes go together. */
  public ModelSettings {
    require(
        width > 0 && heads > 0 && width % heads == 0,
        "model.width must be a multiple of model.heads, but " + width + " is not of " + heads);
    require(innerWidth > 0, "model.innerWidth must be above 0, not " + innerWidth);
    require(encoderLayers > 0, "model.encoderLayers must be above 0, not " + encoderLayers);
    require(decoderLayers > 0, "model.decoderLayers must be above 0, not " + decoderLayers);
    require(dropout >= 0 && dropout < 1, "model.dropout must be from 0 to below 1, not " + dropout);
    require(
        maximumPositions > 1, "model.maximumPositions must be above 1, not " + maximumPositions);
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new BadInput(sentence);
    }
  }

  /** The sizes that the layers share. */
  LayerShape layerShape() {
    return new LayerShape(width, heads, innerWidth, norm);
  }
}
