package org.yuqiao.decode.explain;

import java.util.List;
import org.yuqiao.decode.search.BeamTree;

/**
 * What a model thought while it translated one sentence. What it reads ends with {@code <eos>}, and
 * so does what it writes; what it has written so far begins with {@code <bos>}.
 *
 * @param translation as text
 * @param source the tokens it reads, S of them, a space before a word being U+2581
 * @param target the tokens it writes, T of them, and what it thought of each
 * @param logProbability of the whole translation
 * @param score what translations are ranked by: that logarithm over the length penalty, with the
 *     coverage penalty where there is one
 * @param encoderSelf source tokens looking at source tokens
 * @param decoderSelf tokens written so far looking at each other, none at later ones; a row's query
 *     is the token that is read, the next one being predicted from it
 * @param cross target tokens, as they are predicted, looking at source tokens
 * @param alignment which words translate which
 * @param beam what the search tried; a tree of nothing but its root when the translation was given
 */
public record Explanation(
    String translation,
    List<String> source,
    List<ExplainedToken> target,
    double logProbability,
    double score,
    AttentionWeights encoderSelf,
    AttentionWeights decoderSelf,
    AttentionWeights cross,
    WordAlignment alignment,
    BeamTree beam) {}
