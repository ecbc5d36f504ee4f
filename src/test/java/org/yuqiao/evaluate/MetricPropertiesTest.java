package org.yuqiao.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.yuqiao.SeededProperty;
import org.yuqiao.evaluate.text.BleuTokenizer;
import org.yuqiao.text.Language;

/** The metrics against plain implementations of their formulas. */
class MetricPropertiesTest {
  private static final double TOLERANCE = 1e-9;

  /** A sentence with its translation. */
  private record Scored(String hypothesis, String reference) {
    List<String> hypothesisWords() {
      return words(hypothesis);
    }

    List<String> referenceWords() {
      return words(reference);
    }
  }

  private static List<String> words(String sentence) {
    return sentence.isEmpty() ? List.of() : Arrays.asList(sentence.split(" "));
  }

  /** Few different words, so that n-grams match and repeat. */
  private static Arbitrary<String> sentences() {
    return Arbitraries.of("a", "b", "ab", "ba", "abc", "x")
        .list()
        .ofMaxSize(9)
        .map(words -> String.join(" ", words));
  }

  @Provide
  Arbitrary<List<Scored>> corpora() {
    return Combinators.combine(sentences(), sentences())
        .as(Scored::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  private static double score(Metric metric, List<Scored> corpus) {
    return metric.corpus(
        corpus.stream().map(Scored::hypothesis).toList(),
        List.of(corpus.stream().map(Scored::reference).toList()));
  }

  /** All n-grams of a sequence, repeated as often as they occur. */
  private static <T> List<List<T>> ngrams(List<T> sequence, int n) {
    List<List<T>> ngrams = new ArrayList<>();
    for (int i = 0; i + n <= sequence.size(); i++) {
      ngrams.add(sequence.subList(i, i + n));
    }
    return ngrams;
  }

  /** How many of the n-grams are found in the reference, each of which is found once. */
  private static <T> int matches(List<List<T>> hypothesis, List<List<T>> reference) {
    List<List<T>> left = new ArrayList<>(reference);
    return (int) hypothesis.stream().filter(left::remove).count();
  }

  /** Papineni et al. 2002, equations 1 to 3, with sacreBLEU's exponential smoothing. */
  private static double plainBleu(List<Scored> corpus) {
    double product = 1;
    double smoothing = 1;
    int hypothesisLength = corpus.stream().mapToInt(s -> s.hypothesisWords().size()).sum();
    int referenceLength = corpus.stream().mapToInt(s -> s.referenceWords().size()).sum();
    for (int n = 1; n <= 4; n++) {
      int total = 0;
      int found = 0;
      for (Scored sentence : corpus) {
        List<List<String>> own = ngrams(sentence.hypothesisWords(), n);
        total += own.size();
        found += matches(own, ngrams(sentence.referenceWords(), n));
      }
      if (total == 0 || (n == 1 && found == 0)) {
        return 0;
      }
      if (found == 0) {
        smoothing *= 2;
      }
      product *= (found == 0 ? 1 / smoothing : found) / total;
    }
    double brevityPenalty =
        hypothesisLength >= referenceLength
            ? 1
            : Math.exp(1 - (double) referenceLength / hypothesisLength);
    return 100 * brevityPenalty * Math.pow(product, 0.25);
  }

  @SeededProperty
  void bleuIsThatOfThePaper(@ForAll("corpora") List<Scored> corpus) {
    Bleu bleu = new Bleu(BleuTokenizer.of(Language.EN));
    assertEquals(plainBleu(corpus), score(bleu, corpus), TOLERANCE);
  }

  /** The sequences whose n-grams chrF counts: characters without spaces. */
  private static List<Integer> characters(String sentence) {
    return sentence.replace(" ", "").codePoints().boxed().toList();
  }

  /** Popović 2015: F2 of mean precision and mean recall over the orders that both sides have. */
  private static double plainChrf(List<Scored> corpus) {
    double precision = 0;
    double recall = 0;
    int orders = 0;
    for (int n = 1; n <= 6; n++) {
      double own = 0;
      double expected = 0;
      double found = 0;
      for (Scored sentence : corpus) {
        List<List<Integer>> hypothesis = ngrams(characters(sentence.hypothesis()), n);
        List<List<Integer>> reference = ngrams(characters(sentence.reference()), n);
        // As sacreBLEU: n-grams of a hypothesis count where the reference has some of that order.
        own += reference.isEmpty() ? 0 : hypothesis.size();
        expected += reference.size();
        found += matches(hypothesis, reference);
      }
      if (own > 0 && expected > 0) {
        precision += found / own;
        recall += found / expected;
        orders++;
      }
    }
    if (precision + recall == 0) {
      return 0;
    }
    return 100 * 5 * precision * recall / (4 * precision + recall) / orders;
  }

  @SeededProperty
  void chrfIsThatOfThePaper(@ForAll("corpora") List<Scored> corpus) {
    assertEquals(plainChrf(corpus), score(new Chrf(), corpus), TOLERANCE);
  }

  @SeededProperty
  void aPerfectTranslationHasTheBestScores(
      @ForAll("corpora") List<Scored> corpus, @ForAll("corpora") List<Scored> others) {
    List<Scored> perfect =
        Stream.concat(Stream.of("a b ab ba abc"), corpus.stream().map(Scored::reference))
            .map(reference -> new Scored(reference, reference))
            .toList();
    for (Metric metric : Metric.of("bleu,chrf,chrf++", Language.EN)) {
      assertEquals(100, score(metric, perfect), TOLERANCE, metric.name());
      double score = score(metric, others);
      assertTrue(score >= 0 && score <= 100 + TOLERANCE, metric.name() + " " + score);
    }
    assertEquals(0, score(new Ter(), perfect));
  }

  /** Levenshtein's recursion, word by word. */
  private static int editDistance(List<String> from, List<String> to) {
    if (from.isEmpty() || to.isEmpty()) {
      return from.size() + to.size();
    }
    List<String> restFrom = from.subList(1, from.size());
    List<String> restTo = to.subList(1, to.size());
    if (from.get(0).equals(to.get(0))) {
      return editDistance(restFrom, restTo);
    }
    return 1
        + Math.min(
            editDistance(restFrom, restTo),
            Math.min(editDistance(restFrom, to), editDistance(from, restTo)));
  }

  @Provide
  Arbitrary<Scored> shortSentences() {
    Arbitrary<String> sentence =
        Arbitraries.of("a", "b", "c", "d")
            .list()
            .ofMaxSize(6)
            .map(words -> String.join(" ", words));
    return Combinators.combine(sentence, sentence).as(Scored::new);
  }

  /** A shift saves edits, but words that the other side lacks need one edit each. */
  @SeededProperty
  void terIsBetweenTheDifferenceOfTheBagsOfWordsAndTheEditDistance(
      @ForAll("shortSentences") Scored scored) {
    List<String> hypothesis = scored.hypothesisWords();
    List<String> reference = scored.referenceWords();
    double edits = new Ter().counts(scored.hypothesis(), List.of(scored.reference()))[0];
    int common = matches(ngrams(hypothesis, 1), ngrams(reference, 1));
    assertTrue(edits <= editDistance(hypothesis, reference), scored + ": " + edits);
    assertTrue(edits >= Math.max(hypothesis.size(), reference.size()) - common, scored.toString());
    if (new HashSet<>(hypothesis).equals(new HashSet<>(reference)) && edits == 0) {
      assertEquals(hypothesis, reference);
    }
  }

  @SeededProperty
  void withoutWordsToShiftTerIsTheEditDistance(
      @ForAll @Size(max = 6) List<Boolean> kept, @ForAll @IntRange(max = 3) int added) {
    List<String> reference = new ArrayList<>();
    List<String> hypothesis = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      reference.add("w" + i);
      hypothesis.add(kept.get(i) ? "w" + i : "other" + i);
    }
    hypothesis.addAll(Collections.nCopies(added, "more"));
    double edits =
        new Ter().counts(String.join(" ", hypothesis), List.of(String.join(" ", reference)))[0];
    assertEquals(editDistance(hypothesis, reference), edits);
  }

  @SeededProperty
  void aMovedPhraseIsOneEdit(
      @ForAll @IntRange(min = 2, max = 9) int length,
      @ForAll @IntRange(max = 8) int from,
      @ForAll @IntRange(min = 1, max = 8) int phrase,
      @ForAll @IntRange(max = 8) int to) {
    List<String> reference = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      reference.add("w" + i);
    }
    int begin = from % length;
    int end = Math.min(length, begin + phrase);
    List<String> rest = new ArrayList<>(reference.subList(0, begin));
    rest.addAll(reference.subList(end, length));
    List<String> moved = new ArrayList<>(rest);
    moved.addAll(to % (rest.size() + 1), reference.subList(begin, end));
    double edits =
        new Ter().counts(String.join(" ", moved), List.of(String.join(" ", reference)))[0];
    assertEquals(moved.equals(reference) ? 0 : 1, edits, moved.toString());
  }
}
