package org.yuqiao.decode.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.logits.LogitsProcessor;
import org.yuqiao.decode.step.TeacherForcedPass;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.text.Fallback;
import org.yuqiao.text.Segmentation;
import org.yuqiao.text.SubwordSettings;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerLearner;

class UnknownReplacementTest {
  private final Tokenizer tokenizer =
      new TokenizerLearner(new SubwordSettings(300, Segmentation.NONE, Fallback.CHARACTER, 9), true)
          .learn(Stream.of("the cat sat on the mat"));

  private final WeightedModel model = weighted();

  private WeightedModel weighted() {
    EncoderDecoder made =
        new EncoderDecoder(
            ModelSettings.builder()
                .hiddenSize(12)
                .feedForwardSize(20)
                .heads(3)
                .encoderLayers(2)
                .decoderLayers(3)
                .dropout(0)
                .maxPositions(40)
                .build(),
            new EncoderDecoder.Vocabularies(tokenizer.size(), tokenizer.size(), false),
            DataType.FLOAT);
    return WeightedModel.of(made, made.initialize(5));
  }

  @Test
  void unknownCharactersAreKnownByTheirOrder() {
    assertEquals(List.of("X", "\u597d", "z"), tokenizer.unknowns("the X \u597dcat z"));
    int[] tokens = tokenizer.encode("the X cat");
    assertEquals("the  cat", tokenizer.decode(tokens));
    assertEquals("the 5 cat", tokenizer.decode(tokens, List.of("5")));
    assertEquals("XX", tokenizer.decode(tokenizer.encode("??"), List.of("X", "X")));
  }

  @Test
  void anUnknownTokenBecomesWhatItLookedAtMost() {
    String sentence = "the Xz cat";
    int[] source = tokenizer.encode(sentence);
    int[] target = tokenizer.encode("on Y mat");
    int at = indexOf(target, Tokenizer.UNK);
    float[] weights;
    try (TeacherForcedPass pass = TeacherForcedPass.ofAttention(model, new Backend(1))) {
      pass.run(source, target);
      // The layer before the last of three, both heads.
      float[][][] heads = pass.cross()[1];
      weights = new float[source.length];
      for (int s = 0; s < source.length; s++) {
        weights[s] = heads[0][at][s] + heads[1][at][s];
      }
    }
    int best = 0;
    for (int s = 0; s < source.length; s++) {
      best = weights[s] > weights[best] ? s : best;
    }
    String expected =
        source[best] != Tokenizer.UNK
            ? tokenizer.text(new int[] {source[best]}).strip()
            : best == indexOf(source, Tokenizer.UNK) ? "X" : "z";
    try (UnknownReplacement replacement =
        new UnknownReplacement(model, tokenizer, tokenizer, new Backend(1))) {
      assertEquals("on " + expected + " mat", replacement.text(sentence, source, target));
    }
  }

  private static int indexOf(int[] tokens, int token) {
    return Arrays.stream(tokens).boxed().toList().indexOf(token);
  }

  @Test
  void unknownTokensComeOnlyWhenTheyAreToBeReplaced() {
    float[] scores = new float[6];
    LogitsProcessor.onlyText(false).apply(new int[0], 0, scores);
    assertEquals(LogitsProcessor.MASKED, scores[Tokenizer.UNK]);
    scores[Tokenizer.UNK] = -1;
    LogitsProcessor.onlyText(true).apply(new int[0], 0, scores);
    assertTrue(scores[Tokenizer.UNK] == -1 && scores[Tokenizer.PAD] == LogitsProcessor.MASKED);
  }
}
