/**
 * Kernels: ops on float32 tensors on the CPU, with the Vector API and BLAS.
 *
 * <p>A kernel reads shapes and settings of its op, leases buffers of the thread's workspace, and is
 * tested against the op's reference. Sessions and plans stay out. Read {@link
 * org.yuqiao.backend.kernel.Kernel}, then {@link org.yuqiao.backend.kernel.LayerNormKernel}.
 */
package org.yuqiao.backend.kernel;
