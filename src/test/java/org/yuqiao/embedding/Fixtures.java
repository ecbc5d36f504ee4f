package org.yuqiao.embedding;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.yuqiao.embedding.io.WordVectorFile;
import org.yuqiao.embedding.vectors.WordVectors;

/** Files that word2vec.c wrote, and vectors drawn at random. */
public final class Fixtures {
  private Fixtures() {}

  public static Path file(String name) {
    try {
      return Path.of(Objects.requireNonNull(Fixtures.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static WordVectors vectors(String name) {
    return WordVectorFile.read(file(name));
  }

  public static WordVectors random(int words, int dimension, long seed) {
    Random random = new Random(seed);
    float[] values = new float[words * dimension];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new WordVectors(
        IntStream.range(0, words).mapToObj(i -> "w" + i).toList(), dimension, values);
  }
}
