/**
 * The Adam step over flat arrays: the interface {@link org.yuqiao.backend.optimizer.AdamStep}, one
 * implementation with the Vector API and one with ND4J's own ops.
 */
package org.yuqiao.backend.optimizer;
