package org.yuqiao.decode.heads;

import static org.yuqiao.files.InvalidInputException.require;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.yuqiao.backend.tensor.ParameterBuffer;
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
   * The change of parameters that prunes {@code head}.
   *
   * @throws InvalidInputException when the model has no such head
   */
  public static Consumer<ParameterBuffer> of(ModelSettings settings, AttentionHead head) {
    require(all(settings).contains(head), "the model has no such head: " + head);
    int size = settings.hiddenSize() / settings.attention().heads();
    int from = (head.head() - 1) * size;
    return parameters ->
        parameters.view(output(head)).get(NDArrayIndex.interval(from, from + size)).assign(0);
  }

  /** The name of W_O {@code [D, D]} of the attention that {@code head} belongs to. */
  private static String output(AttentionHead head) {
    String stack = head.kind() == AttentionKind.ENCODER ? "encoder." : "decoder.";
    String attention = head.kind() == AttentionKind.CROSS ? ".cross" : ".self";
    return stack + (head.layer() - 1) + attention + ".output.weight";
  }
}
