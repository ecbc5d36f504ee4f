/**
 * Cleaning of sentence pairs: a DataVec transform process of named steps, the cleaned corpus, and
 * the counts of dropped pairs. In comes code that decides by its text whether and how a pair is
 * used.
 *
 * <p>Start with {@link org.yuqiao.corpus.clean.CleanedCorpus}, then {@code Cleaning}.
 */
package org.yuqiao.corpus.clean;
