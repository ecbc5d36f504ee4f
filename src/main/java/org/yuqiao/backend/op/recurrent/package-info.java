/**
 * SameDiff ops of recurrent networks: whole sequences and single steps of LSTM, GRU and SSRU, with
 * and without attention, and their gradients through time.
 *
 * <p>As in {@code op}, only ND4J and arithmetic on shapes come in. Read {@link
 * org.yuqiao.backend.op.recurrent.RecurrenceOp} first.
 */
package org.yuqiao.backend.op.recurrent;
