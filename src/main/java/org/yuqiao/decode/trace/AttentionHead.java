package org.yuqiao.decode.trace;

/**
 * One attention head.
 *
 * @param layer from 1, the lowest
 * @param head from 1
 */
public record AttentionHead(AttentionKind kind, int layer, int head) {}
