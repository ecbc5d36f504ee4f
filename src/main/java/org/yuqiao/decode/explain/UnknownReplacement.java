package org.yuqiao.decode.explain;

import java.util.ArrayList;
import java.util.List;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.text.Tokenizer;

/**
 * Puts what it looked at most in the source in the place of each {@code <unk>} of a translation
 * (Luong et al. 2015, "Addressing the Rare Word Problem in Neural Machine Translation", section 3,
 * there by words): names and numbers are often the same in both languages. It looks as {@link
 * WordAlignment} does. For one thread.
 */
public final class UnknownReplacement implements AutoCloseable {
  private final Tokenizer source;
  private final Tokenizer target;
  private final TeacherForcedPass pass;

  /** Looks where {@code model} looks. */
  public UnknownReplacement(
      WeightedModel model, Tokenizer source, Tokenizer target, Backend backend) {
    this.source = source;
    this.target = target;
    this.pass = new TeacherForcedPass(model, backend);
  }

  /**
   * The text of a translation.
   *
   * @param sentence the source, normalized; as many tokens of it are looked at as the model read
   * @param tokens the translation
   */
  public String text(String sentence, int[] read, int[] tokens) {
    pass.run(read, tokens);
    float[][] weights = WordAlignment.weights(pass.cross());
    List<String> texts = texts(sentence, read);
    List<String> replacements = new ArrayList<>();
    for (int t = 0; t < tokens.length; t++) {
      if (tokens[t] == Tokenizer.UNK) {
        replacements.add(texts.get(heaviest(weights[t], read.length)));
      }
    }
    return target.decode(tokens, replacements);
  }

  /** Of the first {@code count} weights. */
  private static int heaviest(float[] weights, int count) {
    int best = 0;
    for (int s = 1; s < count; s++) {
      best = weights[s] > weights[best] ? s : best;
    }
    return best;
  }

  /** What each token read stands for, unknown ones too. */
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
