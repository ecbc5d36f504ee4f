/**
 * Explanations of translations: attention (注意力) weights, alternatives, word alignment and the beam
 * as a tree. Read {@code Explainer} first.
 */
package org.yuqiao.decode.explain;
