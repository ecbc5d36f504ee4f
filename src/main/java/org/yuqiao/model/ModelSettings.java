package org.yuqiao.model;

import java.util.Locale;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.layers.FeedForwardType;
import org.yuqiao.layers.LayerSettings;
import org.yuqiao.layers.attention.AttentionSettings;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.layers.attention.Positions;
import org.yuqiao.layers.attention.RelativeSettings;
import org.yuqiao.layers.base.Activation;
import org.yuqiao.layers.base.NormPlacement;
import org.yuqiao.layers.recurrent.RecurrentSettings;

/**
 * The sizes and switches of a model. Of the two stacks, a kind that has one looks at its own only.
 *
 * @param kind which parts it has
 * @param hiddenSize D, the model hiddenSize
 * @param feedForwardSize F, the hiddenSize inside the feed-forward networks
 * @param encoderLayers layers of the encoder
 * @param decoderLayers layers of the decoder
 * @param dropout the share of activations dropped in training, 0 to below 1
 * @param positions how the order of tokens is known
 * @param relative sizes of the schemes that look at distances
 * @param attention heads, normalizer, scale, shared projections
 * @param layerNorm layer layerNorm before ({@code pre}) or after ({@code post}) each sub-layer
 * @param activation inside the feed-forward networks
 * @param feedForwardType their form, {@code plain} or {@code gated}
 * @param weightTying which of embeddings and output layer are one matrix
 * @param maxPositions the longest sequence, in tokens
 * @param recurrent what a recurrent model is made of
 */
public record ModelSettings(
    ModelKind kind,
    int hiddenSize,
    int feedForwardSize,
    int encoderLayers,
    int decoderLayers,
    double dropout,
    PositionScheme positions,
    RelativeSettings relative,
    AttentionSettings attention,
    NormPlacement layerNorm,
    Activation activation,
    FeedForwardType feedForwardType,
    WeightTying weightTying,
    int maxPositions,
    RecurrentSettings recurrent) {

  /** Checks that the sizes go together. */
  public ModelSettings {
    require(hiddenSize > 0, "model.hiddenSize must be above 0, not " + hiddenSize);
    require(feedForwardSize > 0, "model.feedForwardSize must be above 0, not " + feedForwardSize);
    require(encoderLayers > 0, "model.encoderLayers must be above 0, not " + encoderLayers);
    require(decoderLayers > 0, "model.decoderLayers must be above 0, not " + decoderLayers);
    require(dropout >= 0 && dropout < 1, "model.dropout must be from 0 to below 1, not " + dropout);
    require(maxPositions > 1, "model.maxPositions must be above 1, not " + maxPositions);
    if (kind == ModelKind.RECURRENT) {
      requireNothingOfTheTransformer(positions, attention, layerNorm, activation, feedForwardType);
    } else {
      requireNothingRecurrent(recurrent);
      requireHeads(hiddenSize, attention.heads());
      requirePositions(positions, relative, hiddenSize / attention.heads());
    }
    int hidden = recurrent.hiddenSize();
    require(
        hidden > 0 && hidden % 2 == 0,
        "model.recurrent.hiddenSize must be even, for each direction of the encoder has half, not "
            + hidden);
  }

  /** The model of "Attention Is All You Need", output layer tied to the target embedding or not. */
  public ModelSettings(
      int hiddenSize,
      int feedForwardSize,
      int heads,
      int encoderLayers,
      int decoderLayers,
      double dropout,
      NormPlacement layerNorm,
      boolean tied,
      int maxPositions) {
    this(
        ModelKind.ENCODER_DECODER,
        hiddenSize,
        feedForwardSize,
        encoderLayers,
        decoderLayers,
        dropout,
        PositionScheme.SINUSOIDAL,
        RelativeSettings.DEFAULT,
        AttentionSettings.ofPaper(heads),
        layerNorm,
        Activation.RELU,
        FeedForwardType.PLAIN,
        tied ? WeightTying.TARGET : WeightTying.NONE,
        maxPositions,
        RecurrentSettings.DEFAULT);
  }

  private static void requireHeads(int hiddenSize, int heads) {
    require(
        heads > 0 && hiddenSize % heads == 0,
        "model.hiddenSize must be a multiple of model.attention.heads, but "
            + hiddenSize
            + " is not of "
            + heads);
  }

  /** Switches that would be turned in vain; what the defaults say is as good as not said. */
  private static void requireNothingOfTheTransformer(
      PositionScheme positions,
      AttentionSettings attention,
      NormPlacement layerNorm,
      Activation activation,
      FeedForwardType feedForwardType) {
    AttentionSettings usual = AttentionSettings.ofPaper(attention.heads());
    requireUsual("positions", positions, PositionScheme.SINUSOIDAL);
    requireUsual("attention.function", attention.function(), usual.function());
    requireUsual("attention.scale", attention.scale(), usual.scale());
    requireUsual("attention.queryKey", attention.queryKey(), usual.queryKey());
    requireUsual("layerNorm", layerNorm, NormPlacement.PRE);
    requireUsual("activation", activation, Activation.RELU);
    requireUsual("feedForwardType", feedForwardType, FeedForwardType.PLAIN);
  }

  private static void requireNothingRecurrent(RecurrentSettings recurrent) {
    require(
        recurrent.cell() == RecurrentSettings.DEFAULT.cell(),
        "model.recurrent.cell " + inWords(recurrent.cell()) + " needs model.kind recurrent");
    require(
        recurrent.attention() == RecurrentSettings.DEFAULT.attention(),
        "model.recurrent.attention "
            + inWords(recurrent.attention())
            + " needs model.kind recurrent");
  }

  private static String inWords(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void requireUsual(String key, Enum<?> value, Enum<?> usual) {
    require(
        value == usual,
        "model."
            + key
            + " is a switch of the Transformer, which model.kind recurrent is not; leave it out"
            + " instead of setting it to "
            + inWords(value));
  }

  private static void requirePositions(
      PositionScheme positions, RelativeSettings relative, int headWidth) {
    require(
        positions != PositionScheme.ROTARY || headWidth % 2 == 0,
        "model.positions rotary turns pairs of columns, so model.hiddenSize / model.attention.heads must"
            + " be even, not "
            + headWidth);
    require(
        relative.clippingDistance() > 0,
        "model.relative.clippingDistance must be above 0, not " + relative.clippingDistance());
    int buckets = relative.buckets();
    require(
        buckets >= 4 && buckets % 4 == 0,
        "model.relative.buckets must be a multiple of 4, not " + buckets);
    require(
        relative.maxDistance() > buckets / 2,
        "model.relative.maxDistance must be above half of model.relative.buckets, not "
            + relative.maxDistance());
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new InvalidInputException(sentence);
    }
  }

  /** The kind as settings write it. */
  public String kindInWords() {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Its sizes for a reader. */
  public String inWords() {
    String layers =
        switch (kind) {
          case ENCODER_DECODER, RECURRENT -> encoderLayers + " + " + decoderLayers;
          case ENCODER_ONLY -> Integer.toString(encoderLayers);
          case DECODER_ONLY -> Integer.toString(decoderLayers);
        };
    String stacks = "D = " + hiddenSize + ", " + layers + " layers, ";
    return kind == ModelKind.RECURRENT
        ? stacks
            + recurrent.cell()
            + " with "
            + inWords(recurrent.attention())
            + " attention, H = "
            + recurrent.hiddenSize()
        : stacks + "F = " + feedForwardSize + ", " + attention.heads() + " heads";
  }

  /** What the layers share. */
  LayerSettings layers() {
    return new LayerSettings(
        hiddenSize, feedForwardSize, attention, layerNorm, activation, feedForwardType);
  }

  /** What a position scheme must know of a stack. */
  Positions.Stack stack(String name, boolean causal) {
    return new Positions.Stack(name, causal, maxPositions, hiddenSize, attention, relative);
  }
}
