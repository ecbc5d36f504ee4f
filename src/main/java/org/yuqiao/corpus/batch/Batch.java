package org.yuqiao.corpus.batch;

import java.util.Arrays;
import java.util.List;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.text.Tokenizer;

/**
 * B pairs padded to one length a side, row-major. Sources end with &lt;eos&gt;, decoder inputs
 * begin with &lt;bos&gt;, decoder targets end with &lt;eos&gt;.
 *
 * @param sentences B
 * @param sourceLength S
 * @param targetLength T
 * @param source ids {@code [B, S]}
 * @param sourceMask {@code [B, S]}, 1 a token, 0 padding
 * @param targetIn ids of the decoder input {@code [B, T]}
 * @param targetOut ids of the decoder targets {@code [B, T]}
 * @param targetMask {@code [B, T]}
 * @param sourceTokens number of source tokens without padding
 * @param targetTokens number of target tokens without padding
 */
public record Batch(
    int sentences,
    int sourceLength,
    int targetLength,
    int[] source,
    float[] sourceMask,
    int[] targetIn,
    int[] targetOut,
    float[] targetMask,
    int sourceTokens,
    int targetTokens) {

  /** Pads {@code pairs}. */
  public static Batch of(List<Example> pairs) {
    int sentences = pairs.size();
    int s = pairs.stream().mapToInt(p -> p.source().length).max().orElse(0) + 1;
    int t = pairs.stream().mapToInt(p -> p.target().length).max().orElse(0) + 1;
    int[] source = new int[sentences * s];
    int[] in = new int[sentences * t];
    int[] out = new int[sentences * t];
    float[] sourceMask = new float[sentences * s];
    float[] targetMask = new float[sentences * t];
    int sourceTokens = 0;
    int targetTokens = 0;
    for (int b = 0; b < sentences; b++) {
      int[] from = pairs.get(b).source();
      int[] to = pairs.get(b).target();
      System.arraycopy(from, 0, source, b * s, from.length);
      source[b * s + from.length] = Tokenizer.EOS;
      Arrays.fill(sourceMask, b * s, b * s + from.length + 1, 1f);
      in[b * t] = Tokenizer.BOS;
      System.arraycopy(to, 0, in, b * t + 1, to.length);
      System.arraycopy(to, 0, out, b * t, to.length);
      out[b * t + to.length] = Tokenizer.EOS;
      Arrays.fill(targetMask, b * t, b * t + to.length + 1, 1f);
      sourceTokens += from.length + 1;
      targetTokens += to.length + 1;
    }
    return new Batch(
        sentences, s, t, source, sourceMask, in, out, targetMask, sourceTokens, targetTokens);
  }
}
