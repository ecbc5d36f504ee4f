package org.yuqiao.store.huggingface;

import java.util.ArrayList;
import java.util.List;
import org.yuqiao.text.Tokenizer;

/**
 * One vocabulary for both sides: that of a model with three-way weight tying, else all source
 * tokens and then all target tokens.
 *
 * @param source tokenizer
 * @param target tokenizer
 * @param targetOffset the id of the first target token
 */
record JointVocabulary(Tokenizer source, Tokenizer target, int targetOffset) {
  static JointVocabulary of(Tokenizer source, Tokenizer target, boolean tied) {
    return new JointVocabulary(source, target, tied ? 0 : source.size());
  }

  /** V. */
  int size() {
    return targetOffset + target.size();
  }

  /** The id of a target token. */
  int ofTarget(int id) {
    return targetOffset + id;
  }

  /** Whether both sides are one. */
  boolean isShared() {
    return targetOffset == 0;
  }

  /** The target tokens that are never produced. */
  List<Integer> neverProduced(boolean unknowns) {
    List<Integer> ids = new ArrayList<>(List.of(Tokenizer.PAD, Tokenizer.BOS));
    if (!unknowns) {
      ids.add(Tokenizer.UNK);
    }
    for (int placeholder : target.placeholders()) {
      ids.add(placeholder);
    }
    return ids.stream().map(this::ofTarget).toList();
  }
}
