/**
 * From a trained model and a source sentence to translations. A {@code Predictor} (one model
 * decoding incrementally, or an ensemble) says what may come next; a {@code Search} (greedy, beam,
 * sampling, forced) chooses, under {@code Constraint}s; {@code BatchDecoder} carries on the
 * searches of a batch together, {@code Decoder} many batches on all threads. An {@code Explainer}
 * watches a search and tells what the model thought. A language model's texts are found by the same
 * searches ({@code Generator}); labels need no search ({@code Labeler}).
 */
package org.yuqiao.decode;
