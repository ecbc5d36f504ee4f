package org.yuqiao.model;

import org.yuqiao.layers.DecoderBlockType;
import org.yuqiao.layers.FeedForwardType;
import org.yuqiao.layers.attention.AttentionSettings;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.layers.attention.RelativeSettings;
import org.yuqiao.layers.base.Activation;
import org.yuqiao.layers.base.EmbeddingScale;
import org.yuqiao.layers.base.NormPlacement;
import org.yuqiao.layers.recurrent.RecurrentSettings;

/** Builds {@link ModelSettings}; each method sets the component of its name. */
public final class ModelSettingsBuilder {
  private ModelKind kind = ModelKind.ENCODER_DECODER;
  private int hiddenSize = 512;
  private int feedForwardSize = 2048;
  private int encoderLayers = 6;
  private int decoderLayers = 6;
  private double dropout = 0.1;
  private PositionScheme positions = PositionScheme.SINUSOIDAL;
  private RelativeSettings relative = RelativeSettings.DEFAULT;
  private AttentionSettings attention = AttentionSettings.ofPaper(8);
  private NormPlacement layerNorm = NormPlacement.PRE;
  private Activation activation = Activation.RELU;
  private FeedForwardType feedForwardType = FeedForwardType.PLAIN;
  private DecoderBlockType decoderBlock = DecoderBlockType.SELF_ATTENTION;
  private WeightTying weightTying = WeightTying.TARGET;
  private boolean outputBias;
  private EmbeddingScale embeddingScale = EmbeddingScale.SQRT;
  private int maxPositions = 128;
  private RecurrentSettings recurrent = RecurrentSettings.DEFAULT;

  ModelSettingsBuilder() {}

  ModelSettingsBuilder(ModelSettings settings) {
    this.kind = settings.kind();
    this.hiddenSize = settings.hiddenSize();
    this.feedForwardSize = settings.feedForwardSize();
    this.encoderLayers = settings.encoderLayers();
    this.decoderLayers = settings.decoderLayers();
    this.dropout = settings.dropout();
    this.positions = settings.positions();
    this.relative = settings.relative();
    this.attention = settings.attention();
    this.layerNorm = settings.layerNorm();
    this.activation = settings.activation();
    this.feedForwardType = settings.feedForwardType();
    this.decoderBlock = settings.decoderBlock();
    this.weightTying = settings.weightTying();
    this.outputBias = settings.outputBias();
    this.embeddingScale = settings.embeddingScale();
    this.maxPositions = settings.maxPositions();
    this.recurrent = settings.recurrent();
  }

  public ModelSettingsBuilder kind(ModelKind value) {
    this.kind = value;
    return this;
  }

  public ModelSettingsBuilder hiddenSize(int value) {
    this.hiddenSize = value;
    return this;
  }

  public ModelSettingsBuilder feedForwardSize(int value) {
    this.feedForwardSize = value;
    return this;
  }

  public ModelSettingsBuilder encoderLayers(int value) {
    this.encoderLayers = value;
    return this;
  }

  public ModelSettingsBuilder decoderLayers(int value) {
    this.decoderLayers = value;
    return this;
  }

  /** The number of layers of the encoder and of the decoder. */
  public ModelSettingsBuilder layers(int value) {
    return encoderLayers(value).decoderLayers(value);
  }

  public ModelSettingsBuilder dropout(double value) {
    this.dropout = value;
    return this;
  }

  public ModelSettingsBuilder positions(PositionScheme value) {
    this.positions = value;
    return this;
  }

  public ModelSettingsBuilder relative(RelativeSettings value) {
    this.relative = value;
    return this;
  }

  public ModelSettingsBuilder attention(AttentionSettings value) {
    this.attention = value;
    return this;
  }

  /** Attention as in the paper with {@code value} heads. */
  public ModelSettingsBuilder heads(int value) {
    return attention(AttentionSettings.ofPaper(value));
  }

  public ModelSettingsBuilder layerNorm(NormPlacement value) {
    this.layerNorm = value;
    return this;
  }

  public ModelSettingsBuilder activation(Activation value) {
    this.activation = value;
    return this;
  }

  public ModelSettingsBuilder feedForwardType(FeedForwardType value) {
    this.feedForwardType = value;
    return this;
  }

  public ModelSettingsBuilder decoderBlock(DecoderBlockType value) {
    this.decoderBlock = value;
    return this;
  }

  public ModelSettingsBuilder weightTying(WeightTying value) {
    this.weightTying = value;
    return this;
  }

  public ModelSettingsBuilder outputBias(boolean value) {
    this.outputBias = value;
    return this;
  }

  public ModelSettingsBuilder embeddingScale(EmbeddingScale value) {
    this.embeddingScale = value;
    return this;
  }

  public ModelSettingsBuilder maxPositions(int value) {
    this.maxPositions = value;
    return this;
  }

  public ModelSettingsBuilder recurrent(RecurrentSettings value) {
    this.recurrent = value;
    return this;
  }

  /**
   * The settings.
   *
   * @throws org.yuqiao.files.InvalidInputException when they contradict each other
   */
  public ModelSettings build() {
    return new ModelSettings(
        kind,
        hiddenSize,
        feedForwardSize,
        encoderLayers,
        decoderLayers,
        dropout,
        positions,
        relative,
        attention,
        layerNorm,
        activation,
        feedForwardType,
        decoderBlock,
        weightTying,
        outputBias,
        embeddingScale,
        maxPositions,
        recurrent);
  }
}
