package org.yuqiao.decode.trace;

/**
 * One step of a computation.
 *
 * @param id its name, as "weights"
 * @param symbol of its result in the formulas, as "A"
 * @param formula how it follows from earlier steps, as "A = softmax(S)"
 * @param matrix its result
 */
public record Step(String id, String symbol, String formula, LabeledMatrix matrix) {}
