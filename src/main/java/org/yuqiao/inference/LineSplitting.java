package org.yuqiao.inference;

/** Whether a line is translated as a whole. */
public enum LineSplitting {
  /** Each sentence of a line is translated by itself; quotations and brackets stay together. */
  SENTENCES,

  /**
   * A line is translated as it stands, as for scores that are compared with other systems. One of
   * more than half the training length is split into sentences.
   */
  WHOLE_LINES
}
