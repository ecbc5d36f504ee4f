package org.yuqiao.embedding.word2vec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yuqiao.embedding.vectors.SentenceSource;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.InvalidInputException;

class Word2VecTest {
  private static final String[] FOOD = {"rice", "soup", "tea", "fish", "bread", "fruit"};
  private static final String[] ROADS = {"bus", "train", "street", "car", "ticket", "bridge"};

  /** Sentences about food and sentences about roads: words of one kind keep company. */
  private static final SentenceSource TWO_TOPICS =
      sentences -> {
        Random random = new Random(5);
        for (int i = 0; i < 3000; i++) {
          String[] topic = random.nextBoolean() ? FOOD : ROADS;
          List<String> sentence = new ArrayList<>();
          for (int j = 0; j < 8; j++) {
            sentence.add(topic[random.nextInt(topic.length)]);
          }
          sentences.accept(sentence);
        }
      };

  private static Word2VecSettings settings(
      Word2VecAlgorithm algorithm, int negative, boolean share, int threads, long seed) {
    return Word2VecSettings.builder(algorithm)
        .dimension(20)
        .window(3)
        .negative(negative)
        .shareNegatives(share)
        .sample(0)
        .minimumCount(1)
        .threads(threads)
        .seed(seed)
        .build();
  }

  private static Word2Vec.Result train(Word2VecSettings settings) {
    return new Word2Vec(settings, progress -> {}).train(TWO_TOPICS);
  }

  private static double cosine(WordVectors vectors, String a, String b) {
    WordVectors unit = vectors.normalized();
    float[] x = unit.row(unit.index(a).orElseThrow());
    float[] y = unit.row(unit.index(b).orElseThrow());
    double sum = 0;
    for (int d = 0; d < x.length; d++) {
      sum += x[d] * y[d];
    }
    return sum;
  }

  private static void assertTopicsApart(WordVectors vectors) {
    double within = 0;
    double across = 0;
    int pairs = 0;
    for (int i = 0; i < FOOD.length; i++) {
      for (int j = i + 1; j < FOOD.length; j++) {
        within += cosine(vectors, FOOD[i], FOOD[j]) + cosine(vectors, ROADS[i], ROADS[j]);
        across += cosine(vectors, FOOD[i], ROADS[j]) + cosine(vectors, FOOD[j], ROADS[i]);
        pairs += 2;
      }
    }
    assertTrue(
        within / pairs > across / pairs + 0.5, "within " + within / pairs + ", across " + across);
  }

  @ParameterizedTest
  @EnumSource
  void wordsOfOneTopicComeTogether(Word2VecAlgorithm algorithm) {
    assertTopicsApart(train(settings(algorithm, 5, true, 1, 1)).vectors());
    assertTopicsApart(train(settings(algorithm, 0, true, 1, 1)).vectors());
    assertTopicsApart(train(settings(algorithm, 5, false, 2, 1)).vectors());
  }

  @ParameterizedTest
  @EnumSource
  void theHeldOutLossFallsAndDoesNotDependOnTheThreads(Word2VecAlgorithm algorithm) {
    Word2Vec.Result one = train(settings(algorithm, 5, true, 1, 1));
    double last = one.last().loss().orElseThrow();
    double ofGuessing = 6 * Math.log(2);
    assertTrue(last < ofGuessing / 2, "loss " + last);
    assertTrue(last < one.curve().get(0).loss().orElseThrow());
    Word2Vec.Result two = train(settings(algorithm, 5, true, 2, 1));
    assertEquals(last, two.last().loss().orElseThrow(), 0.05);
  }

  @Test
  void oneThreadAndASeedGiveTheSameVectorsAgain() {
    Word2VecSettings settings = settings(Word2VecAlgorithm.SKIP_GRAM, 5, true, 1, 9);
    WordVectors first = train(settings).vectors();
    WordVectors second = train(settings).vectors();
    WordVectors other = train(settings.toBuilder().seed(10).build()).vectors();
    for (int i = 0; i < first.size(); i++) {
      assertArrayEquals(first.row(i), second.row(i));
    }
    assertFalse(Arrays.equals(first.row(0), other.row(0)));
  }

  @Test
  void wordsComeByFallingCountAndRareOnesNotAtAll() {
    SentenceSource text = s -> s.accept(List.of("b", "a", "c", "a", "b", "a", "d"));
    WordCounts words;
    try (EncodedSentences sentences = EncodedSentences.of(text, 2)) {
      words = sentences.words();
      assertEquals(List.of("a", "b"), words.words());
      assertEquals(5, sentences.trainingWords());
      assertArrayEquals(new int[] {1, 0, 0, 1, 0}, sentences.piece(0).get(0));
    }
    assertEquals(3, words.count(0));
  }

  @Test
  void longTextComesBackInPiecesWithoutTheSentencesHeldOut() {
    int sentencesInAll = 20_000;
    SentenceSource text =
        s -> {
          for (int i = 0; i < sentencesInAll; i++) {
            s.accept(List.of("x" + i % 7, "y" + i % 11, "z"));
          }
        };
    try (EncodedSentences sentences = EncodedSentences.of(text, 1)) {
      long words = 0;
      for (int piece = 0; piece < sentences.pieces(); piece++) {
        for (int[] sentence : sentences.piece(piece)) {
          assertEquals(3, sentence.length);
          assertEquals("z", sentences.words().words().get(sentence[2]));
          words += sentence.length;
        }
      }
      assertTrue(sentences.pieces() > 1);
      assertEquals(100, sentences.heldOut().size());
      assertEquals(3L * sentencesInAll - 300, words);
      assertEquals(words, sentences.trainingWords());
    }
  }

  @Test
  void anEmptyTextAndATextOfOneWordAreRefused() {
    Word2Vec trainer =
        new Word2Vec(settings(Word2VecAlgorithm.CBOW, 5, true, 1, 1), progress -> {});
    assertTrue(refusal(trainer, s -> {}).contains("the text has 0"));
    assertTrue(refusal(trainer, s -> s.accept(List.of("一", "一", "一"))).contains("the text has 1"));
  }

  private static String refusal(Word2Vec trainer, SentenceSource text) {
    return assertThrows(InvalidInputException.class, () -> trainer.train(text)).getMessage();
  }
}
