package org.yuqiao.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yuqiao.embedding.word2vec.Word2VecAlgorithm;
import org.yuqiao.files.InvalidInputException;

class WordVectorPeerTest {
  private static final Path INPUT = Path.of("text.txt");

  private static String valueOf(String option, List<String> command) {
    return command.get(command.indexOf(option) + 1);
  }

  @Test
  void theLastReportOfWord2vecCounts() {
    Word2VecC peer = new Word2VecC(Path.of("word2vec"));
    String output =
        "Alpha: 0.02  Progress: 50.00%  Words/thread/sec: 100.00k\r"
            + "Alpha: 0.01  Progress: 99.50%  Words/thread/sec: 250.00k  \n";
    assertEquals(500_000, peer.wordsPerSecond(output, 2).orElseThrow());
    assertEquals(99.5, peer.share(output));
  }

  @Test
  void anotherProgramThanWord2vecIsRefused() {
    Word2VecC peer = new Word2VecC(Path.of("echo"));
    assertThrows(InvalidInputException.class, () -> peer.share("-train text.txt"));
  }

  @Test
  void fastTextAppendsItsExtensionToTheNameOfTheOutput() {
    FastText peer = new FastText(Path.of("fasttext"));
    List<String> command =
        peer.command(Word2VecAlgorithm.SKIP_GRAM, INPUT, Path.of("peer" + peer.extension()), 2, 1);
    assertEquals("skipgram", command.get(1));
    assertEquals("peer", valueOf("-output", command));
    assertTrue(peer.wordsPerSecond("", 2).isEmpty());
  }

  @Test
  void gensimIsToldAlgorithmThreadsAndSeed() {
    Gensim peer = new Gensim(Path.of("python"));
    List<String> command = peer.command(Word2VecAlgorithm.CBOW, INPUT, Path.of("peer.bin"), 2, 7);
    assertTrue(command.get(2).contains("corpus_file"));
    assertEquals(
        List.of(
            "cbow", "text.txt", "peer.bin", "2", "7", "" + Word2VecAlgorithm.CBOW.defaultAlpha()),
        command.subList(3, command.size()));
    assertEquals(1234.5, peer.wordsPerSecond("{\"wordsPerSecond\": 1234.5}", 2).orElseThrow());
  }
}
