package org.yuqiao.corpus.pair;

/**
 * A training example as token ids, without &lt;bos&gt; and &lt;eos&gt;.
 *
 * @param source ids of the source side, or of the only text
 * @param target ids of the target side, of the text itself, or of labels
 */
public record Example(int[] source, int[] target) {
  /** A text whose own tokens are predicted: both sides are {@code tokens}. */
  public static Example ofText(int[] tokens) {
    return new Example(tokens, tokens);
  }

  /** Input for inference, without a target. */
  public static Example ofInput(int[] tokens) {
    return new Example(tokens, new int[0]);
  }
}
