/**
 * Matmuls: OpenBLAS and oneDNN calls, layouts of weight matrices, and each thread's workspace.
 *
 * <p>Only tensors and vector arithmetic come in; ops and kernels stay out. Read {@link
 * org.yuqiao.backend.gemm.WeightMatrix} and {@link org.yuqiao.backend.gemm.Workspace} first.
 */
package org.yuqiao.backend.gemm;
