/**
 * Computing: custom ops and their gradients, two ways to run a SameDiff graph (ND4J's own ops on
 * any device and in any type; vector kernels for float32 on the CPU), matmuls, threads and memory.
 *
 * <p>Start with {@link org.yuqiao.backend.Backend}, which makes sessions. Everything that depends
 * on the inside of Deeplearning4j 1.0.0-M2.1, on oneDNN or on the Vector API is here.
 */
package org.yuqiao.backend;
