package org.yuqiao.corpus.clean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.datavec.api.transform.TransformProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;

class NearDuplicateTest {
  @TempDir private Path folder;

  private static Cleaning.Outcome outcome(Cleaning cleaning, String chinese, String english) {
    return cleaning.apply(new SentencePair(chinese, english, "here"));
  }

  @Test
  void aPairBothOfWhoseSidesAreSimilarToOneEarlierPairIsDropped() {
    Cleaning cleaning = Cleaning.of(CorpusSettings.DEFAULT.withNearDuplicates(0.1), List.of());
    assertEquals(
        "", outcome(cleaning, "我昨天在学校里见到了他。", "I saw him at school yesterday.").droppedBy());
    Cleaning.Outcome similar = outcome(cleaning, "我昨天在学校里见到他。", "I met him at school yesterday.");
    assertEquals("near-duplicate", similar.droppedBy());
    assertEquals("similar to 我昨天在学校里见到了他。 / I saw him at school yesterday.", similar.reason());
    assertEquals(
        "", outcome(cleaning, "我昨天在学校里见到了她。", "Yesterday I saw her in school.").droppedBy());
    assertEquals("", outcome(cleaning, "他来了。", "He came.").droppedBy());
    assertEquals("", outcome(cleaning, "她来了。", "She came.").droppedBy());
  }

  @Test
  void aPairWhoseChineseSideIsSimilarToAHeldOutSentenceIsDropped() throws IOException {
    Path test = folder.resolve("test.tsv");
    Files.writeString(test, "我昨天在學校裡見到了他。\tI saw him at school yesterday.\n");
    Cleaning cleaning =
        Cleaning.of(CorpusSettings.DEFAULT.withNearDuplicates(0.1), List.of(test.toString()));
    Cleaning copied = new Cleaning(TransformProcess.fromJson(cleaning.process().toJson()));
    for (Cleaning each : List.of(cleaning, copied)) {
      assertEquals(
          "similar to 我昨天在学校里见到了他。 in a held-out corpus",
          outcome(each, "我昨天在学校里见到他。", "Yesterday we met.").reason());
    }
  }

  @Test
  void theIndexFindsTheTextsThatComparingAllPairsFinds() {
    Random random = new Random(5);
    for (double share : new double[] {0.05, 0.1, 0.2, 0.34, 0.5}) {
      SimilarTexts index = new SimilarTexts(share);
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        String text =
            i % 2 == 0 || texts.isEmpty() ? text(random) : edited(texts.get(i - 1), random);
        List<Integer> all =
            IntStream.range(0, texts.size())
                .filter(j -> distance(text, texts.get(j)) <= limit(share, text, texts.get(j)))
                .boxed()
                .toList();
        assertEquals(all, index.similarTo(text).stream().sorted().toList());
        assertEquals(!all.isEmpty(), index.anySimilarTo(text).isPresent());
        index.add(text);
        texts.add(text);
      }
    }
  }

  private static int limit(double share, String a, String b) {
    return (int) Math.min(SimilarTexts.MAX_EDITS, share * Math.max(a.length(), b.length()));
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(random.nextInt(8) == 0 ? 150 : 20);
    random.ints(length, 'a', 'e').forEach(c -> text.append((char) c));
    return text.toString();
  }

  private static String edited(String text, Random random) {
    StringBuilder edited = new StringBuilder(text);
    for (int i = random.nextInt(5); i > 0; i--) {
      int at = random.nextInt(edited.length() + 1);
      if (random.nextBoolean() || at == edited.length() || edited.length() == 1) {
        edited.insert(at, (char) ('a' + random.nextInt(5)));
      } else {
        edited.deleteCharAt(at);
      }
    }
    return edited.toString();
  }

  /** Levenshtein's distance by its recurrence. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int changed = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + changed, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
      }
    }
    return d[a.length()][b.length()];
  }

  @Test
  void theShareHasLimits() {
    for (double share : new double[] {-0.1, 0.51, Double.NaN}) {
      assertThrows(
          InvalidInputException.class, () -> CorpusSettings.DEFAULT.withNearDuplicates(share));
    }
  }
}
