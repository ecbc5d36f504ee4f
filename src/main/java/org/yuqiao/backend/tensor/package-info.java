/**
 * Arrays in native memory: tensors, their blocks and arena, parameters, threads and memory peaks.
 *
 * <p>Nothing else of the backend comes in. Read {@link org.yuqiao.backend.tensor.Tensor} first.
 */
package org.yuqiao.backend.tensor;
