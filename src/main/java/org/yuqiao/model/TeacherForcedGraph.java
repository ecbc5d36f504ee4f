package org.yuqiao.model;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The graph of teacher forcing: {@link EncoderDecoder#SOURCE}, {@link EncoderDecoder#TARGET_IN} and
 * their masks to the logits of each next token and the attention weights of all layers.
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

  /** All outputs of the graph. */
  public List<String> outputs() {
    List<String> outputs = new ArrayList<>(List.of(logits));
    outputs.addAll(encoderWeights);
    outputs.addAll(decoderWeights);
    outputs.addAll(crossWeights);
    return outputs;
  }
}
