/**
 * The blocks of a Transformer, each a small class that adds its nodes to a SameDiff graph and reads
 * beside its formula. Attention is in {@code attention} (the causal mask in {@code
 * AttentionFunction}), recurrent blocks in {@code recurrent}, small parts in {@code base}. Shapes
 * are named as in the paper: B batch, S source length, T target length, H heads, D model width, F
 * feed-forward size, V vocabulary. Read {@code EncoderLayer} first.
 */
package org.yuqiao.layers;
