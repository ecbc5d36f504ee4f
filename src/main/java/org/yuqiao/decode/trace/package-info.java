/**
 * All intermediate values of one attention head for a sentence pair, as the steps of the formula.
 * Token ids come in; matrices with labels go out. Read {@code HeadTracer} first.
 */
package org.yuqiao.decode.trace;
