/**
 * Matmuls with int8 weights and int8 rows: by oneDNN with VNNI, else with the Vector API.
 *
 * <p>Read {@link org.yuqiao.backend.gemm.int8.QuantizedMatrix} first.
 */
package org.yuqiao.backend.gemm.int8;
