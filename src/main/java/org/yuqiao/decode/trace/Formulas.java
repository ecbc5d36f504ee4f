package org.yuqiao.decode.trace;

import org.yuqiao.layers.attention.AttentionFunction;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.layers.attention.ScoreScale;
import org.yuqiao.layers.base.Activation;
import org.yuqiao.layers.base.EmbeddingScale;
import org.yuqiao.model.ModelSettings;

/** Formulas of steps in plain Unicode, with the sizes and choices of a model. */
record Formulas(ModelSettings settings) {
  /** {@code to = LayerNorm(from)}, written out. */
  static String norm(String to, String from) {
    return to + " = (" + from + " − mean) / √(variance + 10⁻⁵) ⊙ g + b";
  }

  /** A small number as subscript. */
  static String subscript(int number) {
    StringBuilder text = new StringBuilder();
    for (char digit : Integer.toString(number).toCharArray()) {
      text.append((char) (digit - '0' + '₀'));
    }
    return text.toString();
  }

  /** Layers {@code from} to {@code to}, from 1, applied to {@code x}. */
  static String layers(int from, int to, String x) {
    String text = x;
    for (int layer = from; layer <= to; layer++) {
      text = "Layer" + subscript(layer) + "(" + text + ")";
    }
    return text;
  }

  private int headSize() {
    return settings.hiddenSize() / settings.attention().heads();
  }

  /** The scale of embeddings. */
  String embedding() {
    return settings.embeddingScale() == EmbeddingScale.SQRT
        ? "E = √D · O · W_E, √D = √" + settings.hiddenSize()
        : "E = O · W_E";
  }

  /** The rows that are added to embeddings. */
  String positionEncoding() {
    String angle = "t / 10000^(2i/" + settings.hiddenSize() + ")";
    return switch (settings.positions()) {
      case LEARNED -> "PE[t] = learned vector of position t";
      case SINUSOIDAL_HALVES ->
          "PE[t, i] = sin(" + angle + "), PE[t, ⌈D/2⌉+i] = cos(" + angle + ")";
      case SINUSOIDAL_MARIAN -> {
        String own = "t / 10000^(i/" + ((settings.hiddenSize() + 1) / 2 - 1) + ")";
        yield "PE[t, i] = sin(" + own + "), PE[t, ⌈D/2⌉+i] = cos(" + own + ")";
      }
      default -> "PE[t, 2i] = sin(" + angle + "), PE[t, 2i+1] = cos(" + angle + ")";
    };
  }

  /** Queries or keys after a position scheme has acted on them. */
  String positioned(String to, String from) {
    return settings.positions() == PositionScheme.ROTARY
        ? to + "[t, 2i : 2i+2] = " + from + "[t, 2i : 2i+2] ↻ t / 10000^(2i/" + headSize() + ")"
        : to + " = " + from + " + u";
  }

  private String scaled(String dotProduct) {
    return settings.attention().scale() == ScoreScale.SQRT
        ? dotProduct + " / √" + headSize()
        : dotProduct;
  }

  /** {@code to = from / sqrt(d_k)}. */
  String scaling(String to, String from) {
    return to + " = " + from + " / √d_k = " + scaled(from);
  }

  /** What a relative scheme adds to the scores. */
  String positionTerm() {
    return switch (settings.positions()) {
      case RELATIVE_BIAS -> "B[t, s] = b[bucket(s − t)]";
      case RELATIVE_SHAW -> scaled("B[t, s] = Q[t] · aᴷ[s − t]");
      default -> scaled("B[t, s] = (Q[t] + v) · W_R R[t − s]");
    };
  }

  /** The mask. */
  static String mask(String to, String from, boolean causal) {
    return causal
        ? to + "[t, s] = " + from + "[t, s] if s ≤ t, else −∞"
        : to + " = " + from + " (no padding, no causal mask: −∞ nowhere)";
  }

  /** From scores to weights. */
  String weights(String to, String from) {
    return settings.attention().function() == AttentionFunction.SOFTMAX
        ? to + "[t, s] = exp(" + from + "[t, s]) / Σⱼ exp(" + from + "[t, j])"
        : to + "[t, s] = max(0, " + from + "[t, s]) / n(t), n(t) = visible positions";
  }

  /** The weighted values, with Shaw's term only in self-attention. */
  String headOutput(boolean isSelf) {
    return isSelf && settings.positions() == PositionScheme.RELATIVE_SHAW
        ? "Z[t] = Σₛ A[t, s] · (V[s] + aⱽ[s − t])"
        : "Z = A V";
  }

  /** The activation function. */
  String activation(String to, String from) {
    Activation activation = settings.activation();
    return switch (activation) {
      case RELU -> to + " = max(0, " + from + ")";
      case GELU -> {
        String inner = from + " + 0.044715 " + from + "³";
        yield to + " = " + from + " ⊙ (1 + tanh(√(2/π) (" + inner + "))) / 2";
      }
      case SWISH -> to + " = " + from + " ⊙ sigmoid(" + from + ")";
    };
  }
}
