package org.yuqiao.text.sentencepiece;

/**
 * A piece of the vocabulary.
 *
 * @param text with U+2581 for a space
 * @param score log-probability with unigram, negated rank of the merge with BPE
 */
record Piece(String text, float score, PieceType type) {}
