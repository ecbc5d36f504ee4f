package org.yuqiao.decode;

/**
 * What searches ask a model beside the most probable token.
 *
 * @param probabilities how probable tokens are
 * @param attention where in the source the last token looked
 */
record Questions(boolean probabilities, boolean attention) {}
