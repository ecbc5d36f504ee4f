package org.yuqiao.corpus.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.files.InvalidInputException;

class EncodedCorpusTest {
  private static final int PAIRS = 5000;

  @TempDir private Path folder;

  /** Pair i has i % 31 + 1 source and i % 17 + 1 target tokens, which count up from 50 i. */
  private static Example pair(int i) {
    int[] source = IntStream.range(0, i % 31 + 1).map(t -> 50 * i + t).toArray();
    int[] target = IntStream.range(0, i % 17 + 1).map(t -> 50 * i + 31 + t).toArray();
    return new Example(source, target);
  }

  private static Iterator<Example> pairs(int count) {
    return IntStream.range(0, count).mapToObj(EncodedCorpusTest::pair).iterator();
  }

  private EncodedCorpus corpus(long... sizes) {
    return EncodedCorpus.write(folder.resolve("ids"), pairs(PAIRS), sizes, 31);
  }

  private static void assertPair(int i, Example found) {
    assertArrayEquals(pair(i).source(), found.source());
    assertArrayEquals(pair(i).target(), found.target());
  }

  private static String refusal(Executable executable) {
    return assertThrows(InvalidInputException.class, executable).getMessage();
  }

  /** More ids than a reader holds at a time. */
  @Test
  void itIsReadInOrderAndByNumber() {
    corpus(1000, 0, 1500, 2500);
    EncodedCorpus opened = EncodedCorpus.open(folder.resolve("ids"));
    assertEquals(PAIRS, opened.size());
    assertEquals(4, opened.corpora());
    assertEquals(
        List.of(0, 2, 3), opened.shards().stream().map(EncodedCorpus.Shard::corpus).toList());
    int number = 0;
    for (Example found : opened) {
      assertPair(number++, found);
    }
    assertEquals(PAIRS, number);
    IndexedCorpus index = new IndexedCorpus(opened);
    assertEquals(PAIRS, index.size());
    assertArrayEquals(new int[] {1000, 1000, 2500, 5000}, index.ends());
    for (int i = PAIRS - 1; i >= 0; i -= 7) {
      assertPair(i, index.get(i));
      assertEquals(i % 31 + 1, index.sourceLength(i));
      assertEquals(i % 17 + 1, index.targetLength(i));
    }
  }

  @Test
  void afterItsLastPairThereIsNone() {
    Iterator<Example> all = EncodedCorpus.write(folder.resolve("ids"), pairs(1), 31).iterator();
    assertPair(0, all.next());
    assertFalse(all.hasNext());
    assertEquals(
        "no more examples", assertThrows(NoSuchElementException.class, all::next).getMessage());
  }

  @Test
  void sidesOfTheMaximumLengthAreKeptAndLongerOnesCounted() {
    List<Example> three =
        List.of(
            new Example(new int[] {4, 5}, new int[] {6}),
            new Example(new int[] {4}, new int[] {5, 6, 7}),
            new Example(new int[] {4}, new int[] {}));
    EncodedCorpus corpus = EncodedCorpus.write(folder.resolve("ids"), three.iterator(), 2);
    assertEquals(1, corpus.size());
    assertEquals(2, EncodedCorpus.open(folder.resolve("ids")).dropped());
    assertEquals(1, corpus.corpora());
    assertEquals(
        "no sentence pair is left to train on: all 2 were empty or longer than 2 tokens",
        refusal(
            () -> EncodedCorpus.write(folder.resolve("none"), three.subList(1, 3).iterator(), 2)));
  }

  @Test
  void aShardHoldsAtMostTwoToTheTwentyPairs() {
    int pairs = (1 << 20) + 1;
    Example one = new Example(new int[] {5}, new int[] {6});
    EncodedCorpus corpus =
        EncodedCorpus.write(
            folder.resolve("ids"), Stream.generate(() -> one).limit(pairs).iterator(), 31);
    assertEquals(
        List.of(1 << 20, 1), corpus.shards().stream().map(EncodedCorpus.Shard::pairs).toList());
    assertEquals(
        List.of(2L << 20, 2L), corpus.shards().stream().map(EncodedCorpus.Shard::ids).toList());
  }

  @Test
  void itTakesThePlaceOfAFileAndOfAnEarlierCorpus() throws IOException {
    Path ids = Files.writeString(folder.resolve("ids"), "of an earlier version");
    corpus(1000, 4000);
    assertTrue(EncodedCorpus.isIn(ids));
    Files.writeString(ids.resolve("kept"), "no shard");
    EncodedCorpus again = EncodedCorpus.write(ids, pairs(1), 31);
    assertEquals(
        List.of("kept", "manifest.json", "shard-000000.ids", "shard-000000.lengths"),
        Stream.of(ids.toFile().list()).sorted().toList());
    Files.delete(ids.resolve("kept"));
    again.delete();
    assertFalse(Files.exists(ids));
    assertFalse(EncodedCorpus.isIn(ids));
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    String message = refusal(() -> EncodedCorpus.write(file.resolve("ids"), pairs(1), 31));
    assertTrue(message.startsWith("cannot write " + file.resolve("ids") + ": "), message);
  }

  @Test
  void filesOfAnotherSizeAndADamagedManifestAreRefused() throws IOException {
    Path ids = corpus().folder();
    Path lengths = ids.resolve("shard-000000.lengths");
    Files.write(lengths, new byte[8]);
    assertEquals(
        lengths + " is damaged: it has 8 bytes; the manifest says " + 4 * PAIRS,
        refusal(() -> EncodedCorpus.open(ids)));
    Path manifest = Files.writeString(ids.resolve("manifest.json"), "{");
    String damaged = refusal(() -> EncodedCorpus.open(ids));
    assertTrue(damaged.startsWith(manifest + " is damaged: "), damaged);
    Files.delete(manifest);
    String missing = refusal(() -> EncodedCorpus.open(ids));
    assertTrue(missing.startsWith("cannot read " + manifest + ": "), missing);
    assertFalse(EncodedCorpus.isIn(ids));
  }

  @Test
  void filesThatShrinkWhileTheyAreReadAreNamed() throws IOException {
    EncodedCorpus corpus = corpus();
    Path ids = corpus.folder().resolve("shard-000000.ids");
    Files.write(ids, new byte[8]);
    assertEquals(ids + " is damaged: it ends too early", refusal(() -> corpus.forEach(pair -> {})));
    Files.delete(ids);
    assertTrue(refusal(() -> corpus.forEach(pair -> {})).startsWith("cannot read " + ids + ": "));
    assertTrue(refusal(() -> new IndexedCorpus(corpus)).startsWith("cannot read " + ids + ": "));
    Files.write(ids, new byte[8]);
    Path lengths = corpus.folder().resolve("shard-000000.lengths");
    Files.write(lengths, new byte[8]);
    String early = refusal(() -> new IndexedCorpus(corpus));
    assertTrue(early.startsWith("cannot read " + lengths + ": "), early);
  }
}
