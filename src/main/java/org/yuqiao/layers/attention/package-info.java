/**
 * Multi-head attention (注意力) and position schemes. {@code MultiHeadAttention} is the formula of the
 * paper; {@code AttentionFunction} normalizes scores under padding and causal mask (掩码); each
 * position scheme is one class. Read {@code MultiHeadAttention} first.
 */
package org.yuqiao.layers.attention;
