package org.yuqiao.model;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * All positions of given translations at once: {@link EncoderDecoder#SOURCE}, {@link
 * EncoderDecoder#TARGET_IN} and their masks to the logits of what comes next, and what every layer
 * looks at on the way.
 *
 * @param logits the output's name {@code [B, T, V]}
 * @param encoderWeights the names of the encoder's self-attention {@code [B, H, S, S]}, by layer
 * @param decoderWeights the names of the decoder's self-attention {@code [B, H, T, T]}, by layer
 * @param crossWeights the names of cross-attention {@code [B, H, T, S]}, by layer
 */
public record TeacherForcedGraph(
    SameDiff graph,
    String logits,
    List<String> encoderWeights,
    List<String> decoderWeights,
    List<String> crossWeights) {

  /** Everything the graph can compute. */
  public List<String> outputs() {
    List<String> outputs = new ArrayList<>(List.of(logits));
    outputs.addAll(encoderWeights);
    outputs.addAll(decoderWeights);
    outputs.addAll(crossWeights);
    return outputs;
  }
}
