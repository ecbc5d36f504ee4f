package org.yuqiao.model;

import java.util.List;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Source ids and mask to what every decoding step needs of them.
 *
 * @param outputs the names of cross-attention's keys and values {@code [N, S, D]}, layer by layer,
 *     and of the states of a recurrent decoder {@code [N, 1, D]}; placeholders of the same names
 *     are in the step graph
 */
public record SourceGraph(SameDiff graph, List<String> outputs) {}
