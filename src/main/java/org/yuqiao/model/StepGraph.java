package org.yuqiao.model;

import java.util.List;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * One position of B hypotheses of N sentences, B/N for each: new token ids {@link
 * EncoderDecoder#TARGET_IN} {@code [B, 1]}, {@link EncoderDecoder#POSITION}, {@link
 * EncoderDecoder#TARGET_MASK} {@code [B, C]}, {@link EncoderDecoder#SOURCE_MASK} {@code [N, S]} and
 * the caches to the logits of the next token.
 *
 * @param logits the output's name {@code [B, 1, V]}
 * @param selfCaches placeholders of self-attention's keys and values {@code [B, C, D]}, which are
 *     extended in place
 * @param crossCaches placeholders of cross-attention's keys and values {@code [N, S, D]}
 * @param states placeholders of a recurrent decoder's states {@code [B, 1, D]}, which become the
 *     new ones in place
 * @param updates outputs to ask for so that all states do
 * @param crossWeights the names of what each layer looks at in the source {@code [N, H, B/N, S]}
 */
public record StepGraph(
    SameDiff graph,
    String logits,
    List<String> selfCaches,
    List<String> crossCaches,
    List<String> states,
    List<String> updates,
    List<String> crossWeights) {}
