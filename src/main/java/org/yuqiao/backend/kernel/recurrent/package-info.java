/**
 * Kernels of recurrent layers: LSTM and GRU cells, layers over sequences, additive attention.
 *
 * <p>Read {@link org.yuqiao.backend.kernel.recurrent.RecurrenceKernel} first; the equations of the
 * cells are in {@code op}.
 */
package org.yuqiao.backend.kernel.recurrent;
