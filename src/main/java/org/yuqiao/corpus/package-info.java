/**
 * Parallel and labeled text: {@code read} opens files, {@code clean} normalizes and drops pairs,
 * {@code batch} makes batches of token ids, {@code pair} has the records. Code that needs a model
 * or a run does not belong here.
 *
 * <p>Start with {@link org.yuqiao.corpus.clean.CleanedCorpus}.
 */
package org.yuqiao.corpus;
