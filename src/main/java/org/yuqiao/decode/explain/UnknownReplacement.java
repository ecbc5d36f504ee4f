package org.yuqiao.decode.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.step.Argmax;
import org.yuqiao.decode.step.TeacherForcedPass;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.text.Tokenizer;

/**
 * Replaces each {@code <unk>} of a translation by the source token with most attention (Luong et
 * al. 2015, "Addressing the Rare Word Problem in Neural Machine Translation", section 3, there by
 * words): names and numbers are often the same in both languages. Attention is averaged as in
 * {@link WordAlignment}. For one thread.
 */
public final class UnknownReplacement implements AutoCloseable {
  private final Tokenizer source;
  private final Tokenizer target;
  private final TeacherForcedPass pass;

  /** Replaces by the attention of {@code model}. */
  public UnknownReplacement(
      WeightedModel model, Tokenizer source, Tokenizer target, Backend backend) {
    this.source = source;
    this.target = target;
    this.pass = TeacherForcedPass.ofAttention(model, backend);
  }

  /**
   * The text of a translation.
   *
   * @param sentence the source, normalized
   * @param read the token ids of it that the model read
   * @param tokens the translation
   */
  public String text(String sentence, int[] read, int[] tokens) {
    pass.run(read, tokens);
    float[][] weights = WordAlignment.weights(pass.cross());
    List<String> texts = texts(sentence, read);
    List<String> replacements = new ArrayList<>();
    for (int t = 0; t < tokens.length; t++) {
      if (tokens[t] == Tokenizer.UNK) {
        replacements.add(texts.get(Argmax.of(Arrays.copyOf(weights[t], read.length))));
      }
    }
    return target.decode(tokens, replacements);
  }

  /** The text of each token read, also of unknown ones. */
  private List<String> texts(String sentence, int[] read) {
    List<String> unknowns = source.unknowns(sentence);
    List<String> texts = new ArrayList<>();
    int number = 0;
    for (int token : read) {
      texts.add(
          token == Tokenizer.UNK ? unknowns.get(number++) : source.text(new int[] {token}).strip());
    }
    return texts;
  }

  @Override
  public void close() {
    pass.close();
  }
}
