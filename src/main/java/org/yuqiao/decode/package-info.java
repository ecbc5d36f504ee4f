/**
 * From a trained model and token ids to translations or labels. A {@code step.StepModel} computes
 * the distribution of the next token; a {@code search.Search} (greedy, beam, sampling) chooses it
 * after {@code logits} processors; {@code batch.Translator} runs many searches in batches on all
 * threads; {@code explain} shows attention, probabilities and beams. Read {@code
 * search.GreedySearch} first.
 */
package org.yuqiao.decode;
