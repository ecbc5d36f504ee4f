package org.yuqiao.decode.heads;

import static org.yuqiao.files.InvalidInputException.require;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.decode.trace.AttentionHead;
import org.yuqiao.decode.trace.AttentionKind;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;

/**
 * Prunes attention heads: sets the output of a head to zero (Michel et al. 2019, section 3.1). The
 * rows of W_O that read the head become zero, so nothing is added to the model.
 */
public final class PrunedHead {
  private PrunedHead() {}

  /**
   * All heads of a model, by kind, layer and number.
   *
   * @throws InvalidInputException for a recurrent model
   */
  public static List<AttentionHead> all(ModelSettings settings) {
    require(
        settings.kind() == ModelKind.ENCODER_DECODER, "a recurrent model has no attention heads");
    List<AttentionHead> heads = new ArrayList<>();
    for (AttentionKind kind : AttentionKind.values()) {
      for (int layer = 1; layer <= kind.layers(settings); layer++) {
        for (int head = 1; head <= settings.attention().heads(); head++) {
          heads.add(new AttentionHead(kind, layer, head));
        }
      }
    }
    return List.copyOf(heads);
  }

  /**
   * A copy of {@code weighted} without {@code head}.
   *
   * @return with float32 weights, also of an int8 model
   * @throws InvalidInputException when the model has no such head
   */
  public static WeightedModel of(WeightedModel weighted, AttentionHead head) {
    ModelSettings settings = weighted.model().settings();
    require(all(settings).contains(head), "the model has no such head: " + head);
    ParameterBuffer trained = weighted.weights().parameters();
    ParameterBuffer pruned = trained.zerosLike();
    pruned.flat().assign(trained.flat());
    int size = settings.hiddenSize() / settings.attention().heads();
    int from = (head.head() - 1) * size;
    pruned.view(output(head)).get(NDArrayIndex.interval(from, from + size)).assign(0);
    return WeightedModel.of(weighted.model(), pruned);
  }

  /** The name of W_O {@code [D, D]} of the attention that {@code head} belongs to. */
  private static String output(AttentionHead head) {
    String stack = head.kind() == AttentionKind.ENCODER ? "encoder." : "decoder.";
    String attention = head.kind() == AttentionKind.CROSS ? ".cross" : ".self";
    return stack + (head.layer() - 1) + attention + ".output.weight";
  }
}
