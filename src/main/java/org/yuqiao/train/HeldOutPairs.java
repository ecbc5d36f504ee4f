package org.yuqiao.train;

import java.util.List;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;

/**
 * Validation pairs of a translation model, with references to compare translations with.
 *
 * @param examples the pairs as ids
 * @param references the target side of each as plain text
 * @param tokenizer of the target side
 * @param language of the target side
 */
public record HeldOutPairs(
    List<Example> examples, List<String> references, Tokenizer tokenizer, Language language) {}
