/**
 * Subword tokenization (分词): from a sentence to token ids and back, and Chinese word segmentation.
 * Only code on strings belongs here; corpora and batches are in {@code corpus}.
 *
 * <p>Read {@link org.yuqiao.text.Tokenizer} first.
 */
package org.yuqiao.text;
