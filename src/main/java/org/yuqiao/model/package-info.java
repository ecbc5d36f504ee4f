/**
 * The model family: encoder-decoder, encoder-only, decoder-only and recurrent models, each built
 * from {@code layers} as SameDiff graphs for training and inference. Sizes come in as {@code
 * ModelSettings}, token ids and masks as placeholders; text and decoding don't belong here. Read
 * {@code EncoderDecoder} first, then {@code TransformerStacks} and {@code DecoderStack}.
 */
package org.yuqiao.model;
