package org.yuqiao.decode.heads;

import java.util.OptionalInt;
import org.yuqiao.evaluate.alignment.AlignmentScores;

/**
 * How well a head of cross-attention, or the mean of a layer's heads, aligns words.
 *
 * @param layer from 1
 * @param head from 1; empty for the mean of the layer
 * @param predicting of the states that predict the words
 * @param reading of the states that read the words, one step later (Chen et al. 2020, section 3)
 */
public record HeadAlignment(
    int layer, OptionalInt head, AlignmentScores predicting, AlignmentScores reading) {}
