package org.yuqiao.corpus.pair;

import java.util.List;

/**
 * A sentence with a label for each token.
 *
 * @param labels as many as tokens
 * @param origin its place, as "file, line n"
 */
public record TaggedSentence(List<String> tokens, List<String> labels, String origin) {}
