/**
 * SameDiff ops that ND4J lacks or implements wrongly, each with shapes, gradient and reference.
 *
 * <p>An op knows nothing of kernels: only ND4J and arithmetic on shapes come in. A new op extends
 * {@link org.yuqiao.backend.op.CustomOp} and gets a kernel in {@code kernel}. Read {@link
 * org.yuqiao.backend.op.MaskedSoftmaxOp} first.
 */
package org.yuqiao.backend.op;
