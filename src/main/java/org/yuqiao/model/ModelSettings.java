package org.yuqiao.model;

import static org.yuqiao.files.InvalidInputException.require;

import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.layers.DecoderBlockType;
import org.yuqiao.layers.FeedForwardType;
import org.yuqiao.layers.LayerSettings;
import org.yuqiao.layers.attention.AttentionSettings;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.layers.attention.Positions;
import org.yuqiao.layers.attention.RelativeSettings;
import org.yuqiao.layers.base.Activation;
import org.yuqiao.layers.base.Embedding;
import org.yuqiao.layers.base.EmbeddingScale;
import org.yuqiao.layers.base.Initializer;
import org.yuqiao.layers.base.NormPlacement;
import org.yuqiao.layers.base.Scope;
import org.yuqiao.layers.recurrent.RecurrentSettings;

/**
 * The settings of a model. A kind with one stack ignores the layers of the other.
 *
 * @param kind its parts
 * @param hiddenSize D, the width of embeddings and states
 * @param feedForwardSize F, the inner size of the feed-forward networks
 * @param encoderLayers layers of the encoder
 * @param decoderLayers layers of the decoder
 * @param dropout the dropout rate in training, 0 to below 1
 * @param positions the position scheme
 * @param relative sizes of relative position schemes
 * @param attention heads, function, scale, shared projections
 * @param layerNorm layer norm before ({@code pre}) or after ({@code post}) each sub-layer
 * @param activation of the feed-forward networks
 * @param feedForwardType their type, {@code plain} or {@code gated}
 * @param decoderBlock the first sub-layer of decoder layers
 * @param weightTying which of embeddings and output layer share weights
 * @param outputBias whether a tied output layer has a bias; an untied one always has
 * @param embeddingScale the scale of embeddings
 * @param maxPositions the maximum number of tokens of a sequence
 * @param recurrent the settings of a recurrent model
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
    DecoderBlockType decoderBlock,
    WeightTying weightTying,
    boolean outputBias,
    EmbeddingScale embeddingScale,
    int maxPositions,
    RecurrentSettings recurrent) {
  /** The name of the output layer. */
  static final String OUTPUT = "output";

  /** Limits far above all known models, so that a damaged file does not ask for all memory. */
  private static final int MAX_WIDTH = 65_536;

  private static final int MAX_FEED_FORWARD = 1 << 20;
  private static final int MAX_LAYERS = 1000;
  private static final int MAX_RELATIVE = 1 << 16;

  /** Sinusoidal positions are a constant of the graph, 64 MiB at most. */
  private static final int MAX_POSITION_TABLE = 1 << 24;

  /** Checks the settings. */
  public ModelSettings {
    requireSize("hiddenSize", hiddenSize, MAX_WIDTH);
    requireSize("feedForwardSize", feedForwardSize, MAX_FEED_FORWARD);
    requireSize("encoderLayers", encoderLayers, MAX_LAYERS);
    requireSize("decoderLayers", decoderLayers, MAX_LAYERS);
    require(dropout >= 0 && dropout < 1, "model.dropout must be from 0 to below 1, not " + dropout);
    require(maxPositions > 1, "model.maxPositions must be above 1, not " + maxPositions);
    require(
        (long) maxPositions * hiddenSize <= MAX_POSITION_TABLE,
        String.format(
            Locale.ROOT,
            "model.maxPositions times model.hiddenSize must be at most %d, but is %d times %d",
            MAX_POSITION_TABLE,
            maxPositions,
            hiddenSize));
    require(
        !outputBias || weightTying != WeightTying.NONE,
        "model.outputBias is for a tied output layer; an untied one has a bias anyway: leave it out"
            + " with model.weightTying none");
    if (kind == ModelKind.RECURRENT) {
      requireNothingOfTheTransformer(positions, attention, layerNorm, activation, feedForwardType);
      requireDefault("decoderBlock", decoderBlock, DecoderBlockType.SELF_ATTENTION);
    } else {
      requireNothingRecurrent(recurrent);
      requireHeads(hiddenSize, attention.heads());
      requirePositions(positions, relative, hiddenSize / attention.heads());
      requireDecoderBlock(decoderBlock, kind, positions);
    }
    int hidden = recurrent.hiddenSize();
    requireSize("recurrent.hiddenSize", hidden, MAX_WIDTH);
    require(
        hidden % 2 == 0,
        "model.recurrent.hiddenSize must be even, since each direction of the encoder has half, not "
            + hidden);
  }

  private static void requireSize(String key, int size, int max) {
    require(
        size > 0 && size <= max, "model." + key + " must be from 1 to " + max + ", not " + size);
  }

  /** A builder with the base sizes of "Attention Is All You Need" (table 3) and pre-norm. */
  public static ModelSettingsBuilder builder() {
    return new ModelSettingsBuilder();
  }

  /** A builder with these settings. */
  public ModelSettingsBuilder toBuilder() {
    return new ModelSettingsBuilder(this);
  }

  private static void requireHeads(int hiddenSize, int heads) {
    require(
        heads > 0 && hiddenSize % heads == 0,
        "model.hiddenSize must be a multiple of model.attention.heads, but "
            + hiddenSize
            + " is not of "
            + heads);
  }

  /** Refuses Transformer settings other than the defaults, which would have no effect. */
  private static void requireNothingOfTheTransformer(
      PositionScheme positions,
      AttentionSettings attention,
      NormPlacement layerNorm,
      Activation activation,
      FeedForwardType feedForwardType) {
    AttentionSettings normal = AttentionSettings.ofPaper(attention.heads());
    requireDefault("positions", positions, PositionScheme.SINUSOIDAL);
    requireDefault("attention.function", attention.function(), normal.function());
    requireDefault("attention.scale", attention.scale(), normal.scale());
    requireDefault("attention.queryKey", attention.queryKey(), normal.queryKey());
    requireDefault("layerNorm", layerNorm, NormPlacement.PRE);
    requireDefault("activation", activation, Activation.RELU);
    requireDefault("feedForwardType", feedForwardType, FeedForwardType.PLAIN);
  }

  private static void requireNothingRecurrent(RecurrentSettings recurrent) {
    require(
        recurrent.cell() == RecurrentSettings.DEFAULT.cell(),
        "model.recurrent.cell " + yamlName(recurrent.cell()) + " needs model.kind recurrent");
    require(
        recurrent.attention() == RecurrentSettings.DEFAULT.attention(),
        "model.recurrent.attention "
            + yamlName(recurrent.attention())
            + " needs model.kind recurrent");
  }

  private static String yamlName(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void requireDefault(String key, Enum<?> value, Enum<?> normal) {
    require(
        value == normal,
        "model."
            + key
            + " is a setting of the Transformer, not of model.kind recurrent; leave it out"
            + " instead of setting it to "
            + yamlName(value));
  }

  private static void requirePositions(
      PositionScheme positions, RelativeSettings relative, int headWidth) {
    require(
        positions != PositionScheme.ROTARY || headWidth % 2 == 0,
        "model.positions rotary rotates pairs of columns, so model.hiddenSize / model.attention.heads must"
            + " be even, not "
            + headWidth);
    requireSize("relative.clippingDistance", relative.clippingDistance(), MAX_RELATIVE);
    int buckets = relative.buckets();
    requireSize("relative.buckets", buckets, MAX_RELATIVE);
    require(buckets % 4 == 0, "model.relative.buckets must be a multiple of 4, not " + buckets);
    require(
        relative.maxDistance() > buckets / 2,
        "model.relative.maxDistance must be above half of model.relative.buckets, not "
            + relative.maxDistance());
  }

  /** Positions inside self-attention would be in the encoder only. */
  private static void requireDecoderBlock(
      DecoderBlockType block, ModelKind kind, PositionScheme positions) {
    if (block == DecoderBlockType.SELF_ATTENTION) {
      return;
    }
    String setting = "model.decoderBlock " + yamlName(block);
    require(kind == ModelKind.ENCODER_DECODER, setting + " needs model.kind encoder-decoder");
    require(
        positions.isOnEmbeddings(),
        setting
            + " has no self-attention for model.positions "
            + yamlName(positions)
            + "; choose positions that are added to embeddings, or none");
  }

  /** The kind as in settings files, as {@code encoder-decoder}. */
  public String kindName() {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The sizes as a phrase, as "D = 512, 6 + 6 layers, F = 2048, 8 heads". */
  public String summary() {
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
            + yamlName(recurrent.attention())
            + " attention, H = "
            + recurrent.hiddenSize()
        : stacks + "F = " + feedForwardSize + ", " + attention.heads() + " heads";
  }

  /** The embeddings {@code name} of {@code vocabulary} tokens. */
  Embedding embedding(Scope scope, String name, int vocabulary) {
    return new Embedding(scope, name, vocabulary, hiddenSize, embeddingScale);
  }

  /** The logits {@code [.., V]} of states {@code [.., D]} against {@code embedding}. */
  SDVariable tiedLogits(Scope scope, Embedding embedding, int vocabulary, SDVariable states) {
    return outputBias
        ? embedding.logits(
            states, scope.parameter(OUTPUT + ".bias", new Initializer.Constant(0), vocabulary))
        : embedding.logits(states);
  }

  /** The settings that layers share. */
  LayerSettings layers() {
    return new LayerSettings(
        hiddenSize,
        feedForwardSize,
        attention,
        layerNorm,
        activation,
        feedForwardType,
        decoderBlock);
  }

  /** The stack {@code name} for a position scheme. */
  Positions.Stack stack(String name, boolean causal) {
    return new Positions.Stack(name, causal, maxPositions, hiddenSize, attention, relative);
  }
}
