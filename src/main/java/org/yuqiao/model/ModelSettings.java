package org.yuqiao.model;

import java.util.Locale;
import org.yuqiao.files.BadInput;
import org.yuqiao.graph.Activation;
import org.yuqiao.graph.AttentionSettings;
import org.yuqiao.graph.FeedForwardForm;
import org.yuqiao.graph.LayerShape;
import org.yuqiao.graph.NormPlacement;
import org.yuqiao.graph.PositionScheme;
import org.yuqiao.graph.Positions;
import org.yuqiao.graph.RelativeSettings;

/**
 * The sizes and switches of a model. Of the two stacks, a kind that has one looks at its own only.
 *
 * @param kind which parts it has
 * @param width D, the model width
 * @param innerWidth F, the width inside the feed-forward networks
 * @param encoderLayers layers of the encoder
 * @param decoderLayers layers of the decoder
 * @param dropout the share of activations dropped in training, 0 to below 1
 * @param positions how the order of tokens is known
 * @param relative sizes of the schemes that look at distances
 * @param attention heads, normaliser, scale, shared projections
 * @param norm layer norm before ({@code pre}) or after ({@code post}) each sub-layer
 * @param activation inside the feed-forward networks
 * @param feedForward their form, {@code plain} or {@code gated}
 * @param tie which of embeddings and output layer are one matrix
 * @param maximumPositions the longest sequence, in tokens
 */
public record ModelSettings(
    ModelKind kind,
    int width,
    int innerWidth,
    int encoderLayers,
    int decoderLayers,
    double dropout,
    PositionScheme positions,
    RelativeSettings relative,
    AttentionSettings attention,
    NormPlacement norm,
    Activation activation,
    FeedForwardForm feedForward,
    Tie tie,
    int maximumPositions) {

  /** Checks that the sizes go together. */
  public ModelSettings {
    int heads = attention.heads();
    require(width > 0, "model.width must be above 0, not " + width);
    require(
        heads > 0 && width % heads == 0,
        "model.width must be a multiple of model.attention.heads, but "
            + width
            + " is not of "
            + heads);
    require(innerWidth > 0, "model.innerWidth must be above 0, not " + innerWidth);
    require(encoderLayers > 0, "model.encoderLayers must be above 0, not " + encoderLayers);
    require(decoderLayers > 0, "model.decoderLayers must be above 0, not " + decoderLayers);
    require(dropout >= 0 && dropout < 1, "model.dropout must be from 0 to below 1, not " + dropout);
    require(
        maximumPositions > 1, "model.maximumPositions must be above 1, not " + maximumPositions);
    requirePositions(positions, relative, width / heads);
  }

  /** The model of "Attention Is All You Need", output layer tied to the target embedding or not. */
  public ModelSettings(
      int width,
      int innerWidth,
      int heads,
      int encoderLayers,
      int decoderLayers,
      double dropout,
      NormPlacement norm,
      boolean tied,
      int maximumPositions) {
    this(
        ModelKind.ENCODER_DECODER,
        width,
        innerWidth,
        encoderLayers,
        decoderLayers,
        dropout,
        PositionScheme.SINUSOIDAL,
        RelativeSettings.USUAL,
        AttentionSettings.ofPaper(heads),
        norm,
        Activation.RELU,
        FeedForwardForm.PLAIN,
        tied ? Tie.TARGET : Tie.NONE,
        maximumPositions);
  }

  private static void requirePositions(
      PositionScheme positions, RelativeSettings relative, int headWidth) {
    require(
        positions != PositionScheme.ROTARY || headWidth % 2 == 0,
        "model.positions rotary turns pairs of columns, so model.width / model.attention.heads must"
            + " be even, not "
            + headWidth);
    require(relative.clip() > 0, "model.relative.clip must be above 0, not " + relative.clip());
    int buckets = relative.buckets();
    require(
        buckets >= 4 && buckets % 4 == 0,
        "model.relative.buckets must be a multiple of 4, not " + buckets);
    require(
        relative.distance() > buckets / 2,
        "model.relative.distance must be above half of model.relative.buckets, not "
            + relative.distance());
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new BadInput(sentence);
    }
  }

  /** The kind as settings write it. */
  public String kindInWords() {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What the layers share. */
  LayerShape layerShape() {
    return new LayerShape(width, innerWidth, attention, norm, activation, feedForward);
  }

  /** What a position scheme must know of a stack. */
  Positions.Stack stack(String name, boolean causal) {
    return new Positions.Stack(name, causal, maximumPositions, width, attention, relative);
  }
}
