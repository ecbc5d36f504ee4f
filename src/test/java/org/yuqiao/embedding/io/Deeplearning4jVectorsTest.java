package org.yuqiao.embedding.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.deeplearning4j.models.embeddings.WeightLookupTable;
import org.deeplearning4j.models.embeddings.loader.WordVectorSerializer;
import org.deeplearning4j.models.word2vec.VocabWord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.embedding.Fixtures;
import org.yuqiao.embedding.vectors.WordVectors;

/** Deeplearning4j reads what Yuqiao writes, and Yuqiao what Deeplearning4j writes. */
class Deeplearning4jVectorsTest {
  @TempDir private Path folder;

  private static final List<String> FIXTURES = List.of("english.bin", "chinese.bin");

  @Test
  void deeplearning4jReadsOurBinary() throws IOException {
    for (String fixture : FIXTURES) {
      WordVectors vectors = Fixtures.vectors(fixture);
      Path file = folder.resolve(fixture);
      WordVectorFile.write(vectors, file);
      try (InputStream in = Files.newInputStream(file)) {
        var theirs = WordVectorSerializer.readBinaryModel(in, true, false);
        assertEquals(vectors.size(), theirs.vocab().numWords());
        for (int i = 0; i < vectors.size(); i++) {
          assertArrayEquals(vectors.row(i), theirs.getWordVector(vectors.word(i)), vectors.word(i));
        }
      }
    }
  }

  /** {@link org.deeplearning4j.models.word2vec.Word2Vec#getWordVector} gives doubles. */
  private static void assertArrayEquals(float[] expected, double[] actual, String word) {
    assertEquals(expected.length, actual.length, word);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 0, word);
    }
  }

  @Test
  void deeplearning4jReadsOurTextAndWeReadTheirs() throws IOException {
    for (String fixture : FIXTURES) {
      WordVectors vectors = Fixtures.vectors(fixture);
      Path ours = folder.resolve(fixture + ".txt");
      WordVectorFile.write(vectors, ours);
      var theirs = WordVectorSerializer.readWord2VecModel(ours.toFile());
      for (int i = 0; i < vectors.size(); i++) {
        assertArrayEquals(vectors.row(i), theirs.getWordVector(vectors.word(i)), vectors.word(i));
      }
      Path written = folder.resolve(fixture + ".theirs.txt");
      @SuppressWarnings("unchecked")
      WeightLookupTable<VocabWord> table = (WeightLookupTable<VocabWord>) theirs.lookupTable();
      WordVectorSerializer.writeWordVectors(table, written.toFile());
      WordVectors read = WordVectorFile.read(written);
      assertEquals(new HashSet<>(vectors.words()), new HashSet<>(read.words()));
      for (String word : vectors.words()) {
        float[] expected = vectors.row(vectors.index(word).getAsInt());
        float[] actual = read.row(read.index(word).getAsInt());
        org.junit.jupiter.api.Assertions.assertArrayEquals(expected, actual, 1e-5f, word);
      }
    }
  }
}
