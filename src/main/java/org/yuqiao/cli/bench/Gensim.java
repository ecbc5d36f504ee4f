package org.yuqiao.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.yuqiao.embedding.word2vec.Word2VecAlgorithm;
import org.yuqiao.files.InvalidInputException;

/** Gensim's {@code Word2Vec} with {@code corpus_file}, its fastest way to read text. */
record Gensim(Path python) implements WordVectorPeer {
  private static final String SCRIPT = "train_gensim.py";

  @Override
  public String name() {
    return "gensim";
  }

  @Override
  public List<String> command(
      Word2VecAlgorithm algorithm, Path input, Path output, int threads, int seed) {
    return List.of(
        python.toString(),
        "-c",
        script(),
        algorithm.key(),
        input.toString(),
        output.toString(),
        "" + threads,
        "" + seed,
        "" + algorithm.defaultAlpha());
  }

  private static String script() {
    try (InputStream in = Gensim.class.getResourceAsStream(SCRIPT)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + SCRIPT);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public OptionalDouble wordsPerSecond(String output, int threads) {
    try {
      return OptionalDouble.of(
          new ObjectMapper().readTree(output).path("wordsPerSecond").asDouble());
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(python + " printed no figures: " + output.strip(), e);
    }
  }
}
