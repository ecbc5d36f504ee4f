package org.yuqiao.decode.explain;

import java.util.List;
import org.yuqiao.decode.search.BeamTree;

/**
 * A translation with its attention weights, probabilities, alignment and beam. Source and target
 * end with {@code <eos>}; the decoder's input begins with {@code <bos>}.
 *
 * @param translation as text
 * @param source the S source tokens, a space before a word written U+2581
 * @param target the T target tokens with their predictions
 * @param logProbability of the whole translation
 * @param score ranks translations: {@link org.yuqiao.decode.step.Ranking}
 * @param encoderSelf self-attention of the encoder
 * @param decoderSelf causal self-attention of the decoder; a query is the decoder's input token,
 *     from which the next one is predicted
 * @param cross cross-attention; a query is the predicted target token
 * @param alignment of words
 * @param beam the search tree; only a root when the translation was given
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
