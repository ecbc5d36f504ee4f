/**
 * The blocks of a Transformer, each a small class that adds its nodes to a SameDiff graph and can
 * be read beside its formula. Shapes are named as in the paper: B batch, S source length, T target
 * length, H heads, D model width, F inner width, V vocabulary.
 */
package org.yuqiao.layers;
