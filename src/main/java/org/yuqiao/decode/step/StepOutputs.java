package org.yuqiao.decode.step;

/**
 * What searches ask a model beside the most probable token.
 *
 * @param probabilities how probable tokens are
 * @param attention where in the source the last token looked
 */
public record StepOutputs(boolean probabilities, boolean attention) {}
