/**
 * Two ways to run a graph: on kernels ({@link org.yuqiao.backend.runtime.KernelSession}) or on
 * ND4J's own ops ({@link org.yuqiao.backend.runtime.Nd4jSession}).
 *
 * <p>Which kernel computes which op stands in {@link org.yuqiao.backend.runtime.Kernels}; a new op
 * adds one line there. Sessions are made by {@link org.yuqiao.backend.Backend} only.
 */
package org.yuqiao.backend.runtime;
