package org.yuqiao.model;

import java.util.List;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The graph of a source: ids and mask to the caches that every decoding step reads.
 *
 * @param memory the name of the encoder's output {@code [N, S, D]}
 * @param outputs the names of cross-attention's keys and values {@code [N, S, D]}, layer by layer,
 *     and of the states of a recurrent decoder {@code [N, 1, D]}; the {@link StepGraph} has
 *     placeholders of the same names. States of SSRUs are not among them: they begin with zeros
 */
public record SourceGraph(SameDiff graph, String memory, List<String> outputs) {}
