package org.yuqiao.corpus.batch;

import java.util.Arrays;
import java.util.List;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.text.Tokenizer;

/**
 * B token sequences padded to one length, row-major, with a label for each token that has one.
 *
 * @param sentences B
 * @param length T
 * @param tokens ids {@code [B, T]}
 * @param mask {@code [B, T]}, 1 a token, 0 padding
 * @param labels ids {@code [B, T]}
 * @param labelMask {@code [B, T]}, 1 where there is a label
 * @param tokenCount number of tokens without padding
 * @param labelCount number of labels
 */
public record LabeledBatch(
    int sentences,
    int length,
    int[] tokens,
    float[] mask,
    int[] labels,
    float[] labelMask,
    int tokenCount,
    int labelCount) {
  /** The label of a token without a label. */
  public static final int NONE = -1;

  /**
   * For a language model: &lt;bos&gt; and the target side, each token labeled with the next one,
   * the last with &lt;eos&gt;.
   */
  public static LabeledBatch nextTokens(List<Example> texts) {
    return of(
        texts.stream().map(pair -> framed(pair.target(), true)).toList(),
        texts.stream().map(pair -> framed(pair.target(), false)).toList());
  }

  /** For tagging: the source side and &lt;eos&gt;, labeled with the target side. */
  public static LabeledBatch tokenLabels(List<Example> sentences) {
    return of(
        sentences.stream().map(pair -> framed(pair.source(), false)).toList(),
        sentences.stream().map(Example::target).toList());
  }

  /** For classification: the source side and &lt;eos&gt;, which has the only label, the target. */
  public static LabeledBatch sentenceLabels(List<Example> sentences) {
    return of(
        sentences.stream().map(pair -> framed(pair.source(), false)).toList(),
        sentences.stream().map(pair -> lastOnly(pair.source().length, pair.target()[0])).toList());
  }

  private static int[] lastOnly(int before, int label) {
    int[] labels = new int[before + 1];
    Arrays.fill(labels, NONE);
    labels[before] = label;
    return labels;
  }

  private static int[] framed(int[] text, boolean beginning) {
    int[] framed = new int[text.length + 1];
    System.arraycopy(text, 0, framed, beginning ? 1 : 0, text.length);
    framed[beginning ? 0 : text.length] = beginning ? Tokenizer.BOS : Tokenizer.EOS;
    return framed;
  }

  /** Pads sequences; {@code labels} may end before {@code tokens} do. */
  static LabeledBatch of(List<int[]> tokens, List<int[]> labels) {
    int sentences = tokens.size();
    int length = tokens.stream().mapToInt(row -> row.length).max().orElse(0);
    int[] ids = new int[sentences * length];
    int[] labelIds = new int[sentences * length];
    float[] mask = new float[sentences * length];
    float[] labelMask = new float[sentences * length];
    int tokenCount = 0;
    int labelCount = 0;
    for (int b = 0; b < sentences; b++) {
      int start = b * length;
      int[] row = tokens.get(b);
      System.arraycopy(row, 0, ids, start, row.length);
      Arrays.fill(mask, start, start + row.length, 1f);
      tokenCount += row.length;
      int[] own = labels.get(b);
      for (int t = 0; t < own.length; t++) {
        if (own[t] != NONE) {
          labelIds[start + t] = own[t];
          labelMask[start + t] = 1f;
          labelCount++;
        }
      }
    }
    return new LabeledBatch(
        sentences, length, ids, mask, labelIds, labelMask, tokenCount, labelCount);
  }
}
