/**
 * Word alignment: gold alignments made by hand, and the alignment error rate of links against them.
 * Only words and links come in, no models. Start with {@link
 * org.yuqiao.evaluate.alignment.AlignmentScores}.
 */
package org.yuqiao.evaluate.alignment;
