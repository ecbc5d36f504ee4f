/**
 * Vector API arithmetic on float arrays: exp, softmax, top-k, quantization, random bits.
 *
 * <p>Nothing else of the project comes in. Read {@link org.yuqiao.backend.simd.SimdMath} first.
 */
package org.yuqiao.backend.simd;
