/**
 * Examples as batches of token ids: the encoded corpus on disk, the order of batches, masking,
 * prefetching.
 *
 * <p>Start with {@link org.yuqiao.corpus.batch.BatchSchedule} and {@link
 * org.yuqiao.corpus.batch.Batch}.
 */
package org.yuqiao.corpus.batch;
