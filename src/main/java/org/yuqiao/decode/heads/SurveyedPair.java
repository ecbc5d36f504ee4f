package org.yuqiao.decode.heads;

import org.yuqiao.evaluate.alignment.GoldAlignment;

/**
 * A sentence pair of a {@link HeadSurvey}.
 *
 * @param source token ids without {@code <eos>}
 * @param target token ids without {@code <bos>} and {@code <eos>}
 * @param gold its alignment, in the direction of the model
 * @param sourceWords the gold words that source tokens cover
 * @param targetWords the gold words that target tokens cover
 */
public record SurveyedPair(
    int[] source,
    int[] target,
    GoldAlignment gold,
    TokenWords sourceWords,
    TokenWords targetWords) {}
