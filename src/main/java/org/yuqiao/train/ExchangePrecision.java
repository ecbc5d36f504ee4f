package org.yuqiao.train;

/** The number type in which replicas exchange gradients. */
public enum ExchangePrecision {
  /** Four bytes an element; the sum is that of one process. */
  FLOAT32,
  /** Two bytes an element: integers with a scale per block (block floating point). */
  INT16
}
