package org.yuqiao.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.op.recurrent.RecurrentCell;
import org.yuqiao.layers.DecoderBlockType;
import org.yuqiao.layers.FeedForwardType;
import org.yuqiao.layers.attention.AttentionFunction;
import org.yuqiao.layers.attention.AttentionSettings;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.layers.attention.QueryKey;
import org.yuqiao.layers.attention.RelativeSettings;
import org.yuqiao.layers.attention.ScoreScale;
import org.yuqiao.layers.base.Activation;
import org.yuqiao.layers.base.EmbeddingScale;
import org.yuqiao.layers.base.NormPlacement;
import org.yuqiao.layers.recurrent.RecurrentAttention;
import org.yuqiao.layers.recurrent.RecurrentSettings;

/** Small encoder-decoders with each setting varied alone, and with several at once. */
public final class Variants {
  private static final AttentionSettings PAPER = AttentionSettings.ofPaper(3);

  private Variants() {}

  /** The paper's model with another position scheme, attention and feed-forward network. */
  private static ModelSettings settings(
      int layers,
      PositionScheme positions,
      AttentionSettings attention,
      NormPlacement norm,
      Activation activation,
      FeedForwardType feedForward,
      WeightTying tie) {
    // Small enough that distances are clipped and share buckets in sentences of four tokens.
    RelativeSettings relative = new RelativeSettings(2, 4, 3);
    return ModelSettings.builder()
        .hiddenSize(12)
        .feedForwardSize(20)
        .encoderLayers(layers)
        .decoderLayers(1)
        .dropout(0.2)
        .positions(positions)
        .relative(relative)
        .attention(attention)
        .layerNorm(norm)
        .activation(activation)
        .feedForwardType(feedForward)
        .weightTying(tie)
        .maxPositions(40)
        .build();
  }

  private static ModelSettings with(PositionScheme positions) {
    return settings(
        1,
        positions,
        PAPER,
        NormPlacement.PRE,
        Activation.RELU,
        FeedForwardType.PLAIN,
        WeightTying.TARGET);
  }

  private static ModelSettings with(AttentionSettings attention) {
    return settings(
        1,
        PositionScheme.SINUSOIDAL,
        attention,
        NormPlacement.PRE,
        Activation.RELU,
        FeedForwardType.PLAIN,
        WeightTying.TARGET);
  }

  private static ModelSettings with(Activation activation, FeedForwardType form, WeightTying tie) {
    return settings(1, PositionScheme.SINUSOIDAL, PAPER, NormPlacement.PRE, activation, form, tie);
  }

  /** Each position scheme together with everything else that is not as in the paper. */
  public static Stream<Named<ModelSettings>> unusual() {
    return all().filter(variant -> variant.getName().startsWith("all else"));
  }

  /** All of them, by what they differ in. */
  public static Stream<Named<ModelSettings>> all() {
    Map<String, ModelSettings> all = new LinkedHashMap<>();
    for (PositionScheme scheme : PositionScheme.values()) {
      all.put("positions " + scheme, with(scheme));
    }
    addAttention(all);
    all.put("gelu", with(Activation.GELU, FeedForwardType.PLAIN, WeightTying.TARGET));
    all.put("swish", with(Activation.SWISH, FeedForwardType.PLAIN, WeightTying.TARGET));
    all.put("gated", with(Activation.SWISH, FeedForwardType.GATED, WeightTying.TARGET));
    all.put("tie none", with(Activation.RELU, FeedForwardType.PLAIN, WeightTying.NONE));
    all.put("tie three-way", with(Activation.RELU, FeedForwardType.PLAIN, WeightTying.THREE_WAY));
    all.put("output bias", with(PositionScheme.SINUSOIDAL).toBuilder().outputBias(true).build());
    all.put(
        "embedding scale none",
        with(PositionScheme.SINUSOIDAL).toBuilder().embeddingScale(EmbeddingScale.NONE).build());
    all.put("marian", marian());
    all.put("ssru", ssru(with(PositionScheme.SINUSOIDAL)));
    all.put("student", student());
    all.put(
        "post",
        ModelSettings.builder()
            .hiddenSize(12)
            .feedForwardSize(20)
            .heads(3)
            .layers(1)
            .dropout(0.2)
            .layerNorm(NormPlacement.POST)
            .maxPositions(40)
            .build());
    AttentionSettings unusual =
        new AttentionSettings(6, AttentionFunction.RELU, ScoreScale.NONE, QueryKey.SHARED);
    for (PositionScheme scheme : PositionScheme.values()) {
      all.put(
          "all else and " + scheme,
          settings(
              2,
              scheme,
              unusual,
              NormPlacement.POST,
              Activation.GELU,
              FeedForwardType.GATED,
              WeightTying.THREE_WAY));
    }
    all.put(
        "all else and ssru",
        ssru(
            settings(
                2,
                PositionScheme.LEARNED,
                unusual,
                NormPlacement.POST,
                Activation.GELU,
                FeedForwardType.GATED,
                WeightTying.THREE_WAY)));
    addRecurrent(all);
    return all.entrySet().stream().map(e -> Named.of(e.getKey(), e.getValue()));
  }

  /** The architecture of Marian's models. */
  private static ModelSettings marian() {
    return settings(
            2,
            PositionScheme.SINUSOIDAL_HALVES,
            PAPER,
            NormPlacement.POST,
            Activation.SWISH,
            FeedForwardType.PLAIN,
            WeightTying.THREE_WAY)
        .toBuilder()
        .outputBias(true)
        .build();
  }

  /** The same with SSRUs in the decoder. */
  public static ModelSettings ssru(ModelSettings settings) {
    return settings.toBuilder().decoderBlock(DecoderBlockType.SSRU).build();
  }

  /** The architecture of Firefox's students. */
  public static ModelSettings student() {
    return ssru(marian()).toBuilder()
        .positions(PositionScheme.SINUSOIDAL_MARIAN)
        .activation(Activation.RELU)
        .build();
  }

  private static void addAttention(Map<String, ModelSettings> all) {
    AttentionFunction softmax = AttentionFunction.SOFTMAX;
    AttentionFunction relu = AttentionFunction.RELU;
    all.put(
        "normalizer relu",
        with(new AttentionSettings(3, relu, ScoreScale.SQRT, QueryKey.SEPARATE)));
    all.put(
        "scale none", with(new AttentionSettings(3, softmax, ScoreScale.NONE, QueryKey.SEPARATE)));
    all.put(
        "query-key shared",
        with(new AttentionSettings(3, softmax, ScoreScale.SQRT, QueryKey.SHARED)));
    all.put("one head", with(AttentionSettings.ofPaper(1)));
  }

  /** A model for sentences of the ids 1 to 9. */
  public static EncoderDecoder model(ModelSettings settings, DataType type) {
    boolean joint = settings.weightTying() == WeightTying.THREE_WAY;
    return new EncoderDecoder(
        settings, new EncoderDecoder.Vocabularies(joint ? 11 : 10, 11, joint), type);
  }

  /** Those for models of one stack, which have no two embeddings to tie. */
  public static Stream<Named<ModelSettings>> oneStack() {
    return all()
        .filter(variant -> variant.getPayload().kind() != ModelKind.RECURRENT)
        .filter(variant -> variant.getPayload().decoderBlock() != DecoderBlockType.SSRU)
        .filter(variant -> !variant.getName().equals("tie three-way"))
        .map(
            variant -> {
              ModelSettings s = variant.getPayload();
              WeightTying tie =
                  s.weightTying() == WeightTying.THREE_WAY ? WeightTying.NONE : s.weightTying();
              ModelSettings own =
                  tie == WeightTying.NONE ? s.toBuilder().outputBias(false).build() : s;
              return Named.of(variant.getName(), with(own, s.kind(), s.dropout(), tie));
            });
  }

  /** The same without dropout. */
  public static ModelSettings withoutDropout(ModelSettings s) {
    return with(s, s.kind(), 0, s.weightTying());
  }

  /** The same as another kind of model. */
  public static ModelSettings ofKind(ModelKind kind, ModelSettings s) {
    return with(s, kind, s.dropout(), s.weightTying());
  }

  private static ModelSettings with(
      ModelSettings s, ModelKind kind, double dropout, WeightTying tie) {
    return s.toBuilder().kind(kind).dropout(dropout).weightTying(tie).build();
  }

  /** A recurrent model. */
  public static ModelSettings recurrent(
      RecurrentCell cell, RecurrentAttention attention, int layers, WeightTying tie) {
    ModelSettings s = with(Activation.RELU, FeedForwardType.PLAIN, tie);
    return s.toBuilder()
        .kind(ModelKind.RECURRENT)
        .encoderLayers(layers)
        .decoderLayers(layers)
        .recurrent(new RecurrentSettings(cell, attention, 10))
        .build();
  }

  private static void addRecurrent(Map<String, ModelSettings> all) {
    for (RecurrentCell cell : RecurrentCell.values()) {
      for (RecurrentAttention attention : RecurrentAttention.values()) {
        for (int layers = 1; layers <= 2; layers++) {
          all.put(
              "recurrent " + cell + " " + attention + " " + layers,
              recurrent(
                  cell, attention, layers, layers == 1 ? WeightTying.TARGET : WeightTying.NONE));
        }
      }
    }
  }
}
