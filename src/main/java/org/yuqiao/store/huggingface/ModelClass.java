package org.yuqiao.store.huggingface;

import static org.yuqiao.files.InvalidInputException.require;

import java.util.Locale;
import org.yuqiao.layers.DecoderBlockType;
import org.yuqiao.layers.FeedForwardType;
import org.yuqiao.layers.attention.AttentionFunction;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.layers.base.NormPlacement;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;

/** The classes of Hugging Face Transformers that hold a Transformer trained here. */
enum ModelClass {
  /** Post-norm; it computes its sinusoidal positions itself. */
  MARIAN("marian", "MarianMTModel"),
  /** Pre-norm with a norm at the end of each stack; its table of positions is in the file. */
  PEGASUS("pegasus", "PegasusForConditionalGeneration");

  private final String type;
  private final String architecture;

  ModelClass(String type, String architecture) {
    this.type = type;
    this.architecture = architecture;
  }

  /** The value of {@code model_type}. */
  String type() {
    return type;
  }

  /** The name of the class in Python. */
  String architecture() {
    return architecture;
  }

  /**
   * The class for a model.
   *
   * @throws org.yuqiao.files.InvalidInputException with the name of the setting that no class can
   *     express
   */
  static ModelClass of(ModelSettings model) {
    requireExpressible(model.kind() == ModelKind.ENCODER_DECODER, "kind", model.kind());
    AttentionFunction function = model.attention().function();
    requireExpressible(function == AttentionFunction.SOFTMAX, "attention.function", function);
    FeedForwardType network = model.feedForwardType();
    requireExpressible(network == FeedForwardType.PLAIN, "feedForwardType", network);
    DecoderBlockType block = model.decoderBlock();
    requireExpressible(block == DecoderBlockType.SELF_ATTENTION, "decoderBlock", block);
    PositionScheme positions = model.positions();
    requireExpressible(positions.isOnEmbeddings(), "positions", positions);
    if (model.layerNorm() == NormPlacement.PRE) {
      return PEGASUS;
    }
    require(
        positions == PositionScheme.SINUSOIDAL || positions == PositionScheme.SINUSOIDAL_HALVES,
        "Hugging Face's marian, the class for model.layerNorm post, has no model.positions "
            + yamlName(positions));
    return MARIAN;
  }

  private static void requireExpressible(boolean holds, String key, Enum<?> value) {
    require(
        holds,
        "Hugging Face's marian and pegasus have no model.%s %s".formatted(key, yamlName(value)));
  }

  private static String yamlName(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
