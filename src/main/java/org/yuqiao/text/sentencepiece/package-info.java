/**
 * SentencePiece tokenizers (Kudo and Richardson 2018): the model file, its normalizer, unigram and
 * BPE segmentation. In comes code that gives what the SentencePiece library gives.
 *
 * <p>Start with {@link org.yuqiao.text.sentencepiece.SentencePiece}.
 */
package org.yuqiao.text.sentencepiece;
