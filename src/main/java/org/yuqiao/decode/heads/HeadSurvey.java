package org.yuqiao.decode.heads;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.explain.AttentionWeights;
import org.yuqiao.decode.explain.Explainer.Vocabularies;
import org.yuqiao.decode.step.TeacherForcedPass;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.decode.trace.AttentionHead;
import org.yuqiao.decode.trace.AttentionKind;
import org.yuqiao.evaluate.alignment.AlignmentScores;
import org.yuqiao.evaluate.alignment.GoldAlignment;
import org.yuqiao.evaluate.alignment.WordLink;
import org.yuqiao.text.Tokenizer;

/**
 * Surveys all attention heads of a model on aligned sentence pairs, by teacher forcing: where each
 * looks (Voita et al. 2019; Clark et al. 2019), and how well cross-attention aligns words.
 */
public final class HeadSurvey {
  private final Vocabularies vocabularies;
  private final List<GoldAlignment> gold = new ArrayList<>();
  private final Map<AttentionHead, ProfileSums> heads = new LinkedHashMap<>();
  private final Map<AttentionKind, ProfileSums> uniform = new EnumMap<>(AttentionKind.class);
  private final List<List<AlignmentSums>> alignments = new ArrayList<>();
  private final List<Set<WordLink>> diagonal = new ArrayList<>();
  private int spanning;

  /**
   * The result.
   *
   * @param heads their profiles, by kind, layer and head
   * @param uniform the profile of equal weights, to compare with
   * @param alignments of cross-attention by layer: its heads, then their mean
   * @param alignedLayer the layer, from 1, whose mean {@code translate --alignments} uses
   * @param diagonal the scores of links along the diagonal, to compare with
   * @param pairs the number of sentence pairs
   * @param spanningTokens the number of tokens that cover several words
   */
  public record Result(
      Map<AttentionHead, HeadProfile> heads,
      Map<AttentionKind, HeadProfile> uniform,
      List<HeadAlignment> alignments,
      int alignedLayer,
      AlignmentScores diagonal,
      int pairs,
      int spanningTokens) {}

  private HeadSurvey(Vocabularies vocabularies) {
    this.vocabularies = vocabularies;
  }

  /** Surveys {@code model} on {@code pairs}, at least one. */
  public static Result run(
      WeightedModel model, Vocabularies vocabularies, Backend backend, List<SurveyedPair> pairs) {
    HeadSurvey survey = new HeadSurvey(vocabularies);
    try (TeacherForcedPass pass = TeacherForcedPass.ofAttention(model, backend)) {
      for (SurveyedPair pair : pairs) {
        pass.run(pair.source(), pair.target());
        survey.add(pair, pass);
      }
    }
    return survey.result();
  }

  private void add(SurveyedPair pair, TeacherForcedPass pass) {
    boolean[] source = punctuation(pair.source(), vocabularies.source());
    boolean[] target = punctuation(pair.target(), vocabularies.target());
    TokenWords read = pair.sourceWords();
    TokenWords written = pair.targetWords();
    addProfiles(AttentionKind.ENCODER, pass.encoderSelf(), TargetKeys.encoder(source));
    addProfiles(AttentionKind.DECODER, pass.decoderSelf(), TargetKeys.decoder(target));
    float[][][][] cross = pass.cross();
    addProfiles(
        AttentionKind.CROSS,
        cross,
        TargetKeys.cross(source, target, read, written, pair.gold().possible()));
    for (int layer = 0; layer < cross.length; layer++) {
      addAlignments(layer, cross[layer], pair);
    }
    gold.add(pair.gold());
    diagonal.add(WordLinks.diagonal(read.words(), written.words()));
    spanning += read.spanning() + written.spanning();
  }

  private void addProfiles(AttentionKind kind, float[][][][] weights, TargetKeys keys) {
    for (int layer = 0; layer < weights.length; layer++) {
      for (int head = 0; head < weights[layer].length; head++) {
        heads
            .computeIfAbsent(
                new AttentionHead(kind, layer + 1, head + 1), unseen -> new ProfileSums())
            .add(weights[layer][head], keys);
      }
    }
    if (weights.length > 0) { // a recurrent decoder has no self-attention to compare with
      uniform.computeIfAbsent(kind, unseen -> new ProfileSums()).add(keys.uniform(), keys);
    }
  }

  /** Adds the links of each head of a layer, and of the mean of its heads as the last. */
  private void addAlignments(int layer, float[][][] weights, SurveyedPair pair) {
    if (alignments.size() == layer) {
      List<AlignmentSums> sums = new ArrayList<>();
      for (int i = 0; i <= weights.length; i++) {
        sums.add(new AlignmentSums());
      }
      alignments.add(sums);
    }
    for (int head = 0; head <= weights.length; head++) {
      float[][] one = head < weights.length ? weights[head] : AttentionWeights.meanOfHeads(weights);
      alignments.get(layer).get(head).add(one, pair.sourceWords(), pair.targetWords());
    }
  }

  /** Which tokens have no letter, digit or part of a character. */
  private static boolean[] punctuation(int[] tokens, Tokenizer tokenizer) {
    boolean[] punctuation = new boolean[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      String text = tokenizer.text(new int[] {tokens[i]}).strip();
      punctuation[i] =
          !text.isEmpty()
              && text.codePoints().noneMatch(c -> Character.isLetterOrDigit(c) || c == 0xFFFD);
    }
    return punctuation;
  }

  private Result result() {
    Map<AttentionHead, HeadProfile> profiles = new LinkedHashMap<>();
    for (AttentionKind kind : AttentionKind.values()) {
      heads.forEach(
          (head, sums) -> {
            if (head.kind() == kind) {
              profiles.put(head, sums.profile());
            }
          });
    }
    Map<AttentionKind, HeadProfile> none = new EnumMap<>(AttentionKind.class);
    uniform.forEach((kind, sums) -> none.put(kind, sums.profile()));
    List<HeadAlignment> scores = new ArrayList<>();
    for (int layer = 0; layer < alignments.size(); layer++) {
      List<AlignmentSums> sums = alignments.get(layer);
      for (int head = 0; head < sums.size(); head++) {
        OptionalInt number =
            head + 1 < sums.size() ? OptionalInt.of(head + 1) : OptionalInt.empty();
        scores.add(sums.get(head).scores(layer + 1, number, gold));
      }
    }
    return new Result(
        profiles,
        none,
        List.copyOf(scores),
        Math.max(1, alignments.size() - 1),
        AlignmentScores.of(gold, diagonal),
        gold.size(),
        spanning);
  }
}
