package org.yuqiao.experiment.task;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.layers.DecoderBlockType;
import org.yuqiao.layers.base.NormPlacement;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;

/**
 * Layers that a model has above those of the model it starts from. They begin as the identity, so
 * that the deeper model says what the other one said (Net2DeeperNet, Chen et al. 2016, "Net2Net",
 * section 2.3): where layer norm is before each sub-layer, x + f(norm(x)), it is enough that the
 * last matrix and bias of f are 0.
 *
 * @param own settings of the new model
 * @param origin settings of the model it starts from
 */
record AddedLayers(ModelSettings own, ModelSettings origin) {
  /** The number of layers of a stack, which may grow. */
  static boolean grows(String key, ModelSettings own, ModelSettings origin) {
    return switch (key) {
      case "model.encoderLayers" -> own.encoderLayers() > origin.encoderLayers();
      case "model.decoderLayers" -> own.decoderLayers() > origin.decoderLayers();
      default -> false;
    };
  }

  private int count() {
    return own.encoderLayers()
        - origin.encoderLayers()
        + own.decoderLayers()
        - origin.decoderLayers();
  }

  /**
   * Refuses layers that cannot be the identity.
   *
   * @param model the value of {@code start.model}, for the message
   */
  void check(String model) {
    boolean identity =
        own.kind() == ModelKind.ENCODER_DECODER
            && own.layerNorm() == NormPlacement.PRE
            && own.decoderBlock() == DecoderBlockType.SELF_ATTENTION;
    InvalidInputException.require(
        count() == 0 || identity,
        "start.model "
            + model
            + " cannot get more layers: only a Transformer with model.layerNorm pre and"
            + " model.decoderBlock self-attention can");
  }

  /** Sets the last matrix and bias of each sub-layer of the added layers to 0. */
  void fill(ParameterBuffer parameters) {
    Stream.concat(
            layers("encoder.", origin.encoderLayers(), own.encoderLayers()),
            layers("decoder.", origin.decoderLayers(), own.decoderLayers()))
        .flatMap(
            layer ->
                SubLayerStart.LAST.stream()
                    .flatMap(last -> Stream.of(layer + last + ".weight", layer + last + ".bias")))
        .filter(parameters::contains)
        .forEach(name -> parameters.view(name).assign(0));
  }

  private static Stream<String> layers(String stack, int from, int to) {
    return IntStream.range(from, to).mapToObj(layer -> stack + layer + ".");
  }
}
