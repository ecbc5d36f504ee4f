/**
 * What stands between the model and ND4J: ops that libnd4j lacks or has wrong, the backward pass,
 * two ways to run a SameDiff graph (stock ND4J for any backend and type; vector kernels for FLOAT
 * on the CPU), threads and memory.
 *
 * <p>Everything that depends on the inside of Deeplearning4j 1.0.0-M2.1 is here, so that it can
 * fall away.
 */
package org.yuqiao.backend;
