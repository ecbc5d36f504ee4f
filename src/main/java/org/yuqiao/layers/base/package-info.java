/**
 * The small parts of all layers: parameters and dropout of a graph under construction ({@code
 * Scope}), linear maps, embeddings (嵌入), norms and residual connections. Read {@code Scope} first.
 */
package org.yuqiao.layers.base;
