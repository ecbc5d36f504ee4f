package org.yuqiao.decode.heads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yuqiao.evaluate.alignment.WordLink;

class ProfileSumsTest {
  private static final boolean[] THREE_WORDS = {false, false, false};

  private static HeadProfile profile(float[][] weights, TargetKeys keys) {
    ProfileSums sums = new ProfileSums();
    sums.add(weights, keys);
    return sums.profile();
  }

  @Test
  void anEncoderHeadThatLooksBackIsOfThatType() {
    // The first token has none before it and looks at <eos>, whose own row does not count.
    float[][] weights = {{0, 0, 0, 1}, {1, 0, 0, 0}, {0, 1, 0, 0}, {0.25f, 0.25f, 0.25f, 0.25f}};
    HeadProfile profile = profile(weights, TargetKeys.encoder(THREE_WORDS));
    assertEquals(1, profile.shares().get(AttentionTarget.PREVIOUS), 1e-9);
    assertEquals(0, profile.shares().get(AttentionTarget.SAME), 1e-9);
    assertEquals(0, profile.shares().get(AttentionTarget.NEXT), 1e-9);
    assertEquals(1 / 3.0, profile.shares().get(AttentionTarget.SEPARATOR), 1e-9);
    assertEquals(0, profile.entropy(), 1e-9);
    assertEquals(Optional.of(AttentionTarget.PREVIOUS), profile.type());
  }

  @Test
  void theDecoderReadsBosFirstAndHasNoNextToken() {
    // Rows: <bos>, two tokens, the second punctuation.
    float[][] weights = {{1, 0, 0}, {0.5f, 0.5f, 0}, {0.2f, 0.3f, 0.5f}};
    HeadProfile profile = profile(weights, TargetKeys.decoder(new boolean[] {false, true}));
    assertEquals(0.3, profile.shares().get(AttentionTarget.PREVIOUS), 1e-6);
    assertEquals(0.5, profile.shares().get(AttentionTarget.SAME), 1e-6);
    assertEquals(0.5, profile.shares().get(AttentionTarget.SEPARATOR), 1e-6);
    assertFalse(profile.shares().containsKey(AttentionTarget.NEXT));
    double second = -0.2 * Math.log(0.2) - 0.3 * Math.log(0.3) - 0.5 * Math.log(0.5);
    assertEquals((Math.log(2) + second) / 2, profile.entropy(), 1e-6);
  }

  @Test
  void crossAttentionIsComparedWithTheLinksOfWords() {
    // Source words: one of two tokens, one of one token; the target's second word has no link.
    TokenWords read = new TokenWords(new float[][] {{1, 1, 0}, {0, 0, 1}});
    TokenWords written = new TokenWords(new float[][] {{1, 0}, {0, 1}});
    TargetKeys keys =
        TargetKeys.cross(THREE_WORDS, new boolean[2], read, written, Set.of(new WordLink(0, 0)));
    float[][] weights = {{0.3f, 0.3f, 0.2f, 0.2f}, {0, 0, 0, 1}, {0, 0, 0, 1}};
    HeadProfile profile = profile(weights, keys);
    assertEquals(0.6, profile.shares().get(AttentionTarget.ALIGNED), 1e-6);
    assertEquals(0.6, profile.shares().get(AttentionTarget.SEPARATOR), 1e-6);
    assertEquals(1, profile.peaks().get(AttentionTarget.ALIGNED), 1e-6);
    assertEquals(0.5, profile.peaks().get(AttentionTarget.SEPARATOR), 1e-6);
  }

  @Test
  void weightsThatDoNotSumToOneAreDividedByTheirSumAndZerosLeftOut() {
    float[][] weights = {{2, 0, 0, 2}, {0, 0, 0, 0}, {0, 0, 3, 0}, {0, 0, 0, 0}};
    HeadProfile profile = profile(weights, TargetKeys.encoder(THREE_WORDS));
    assertEquals(0.75, profile.shares().get(AttentionTarget.SAME), 1e-9);
    assertEquals(Math.log(2) / 2, profile.entropy(), 1e-9);
  }

  @Test
  void equalWeightsHaveTheEntropyOfTheNumberOfKeys() {
    TargetKeys encoder = TargetKeys.encoder(THREE_WORDS);
    HeadProfile profile = profile(encoder.uniform(), encoder);
    assertEquals(Math.log(4), profile.entropy(), 1e-6);
    assertEquals(0.25, profile.shares().get(AttentionTarget.PREVIOUS), 1e-6);
    TargetKeys decoder = TargetKeys.decoder(THREE_WORDS);
    assertEquals(
        (Math.log(2) + Math.log(3) + Math.log(4)) / 3,
        profile(decoder.uniform(), decoder).entropy(),
        1e-6);
  }

  @Test
  void aTypeNeedsHalfOfTheTokens() {
    HeadProfile mixed =
        new HeadProfile(Map.of(), Map.of(AttentionTarget.SAME, 0.4, AttentionTarget.NEXT, 0.45), 1);
    assertEquals(Optional.empty(), mixed.type());
    HeadProfile both =
        new HeadProfile(
            Map.of(), Map.of(AttentionTarget.ALIGNED, 0.6, AttentionTarget.SEPARATOR, 0.5), 1);
    assertEquals(Optional.of(AttentionTarget.ALIGNED), both.type());
  }
}
