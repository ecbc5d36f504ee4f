package org.yuqiao.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Microseconds a line to encode the test set with the tokenizers of the shipped zh-en model. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TokenizerBenchmark {
  private static final int LINES = 100;

  @Param({"zh", "en"})
  public String language;

  private Tokenizer tokenizer;
  private List<String> lines;

  @Setup
  public void read() throws IOException {
    tokenizer = TokenizerJson.load(Path.of("models/zh-en/tokenizer." + language + ".json"));
    int column = language.equals("zh") ? 0 : 1;
    lines =
        Files.readAllLines(Path.of("data/test.tsv")).stream()
            .limit(LINES)
            .map(line -> line.split("\t", -1)[column])
            .toList();
    if (lines.size() < LINES) {
      throw new IllegalStateException("data/test.tsv has fewer than " + LINES + " lines");
    }
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public int encode() {
    int tokens = 0;
    for (String line : lines) {
      tokens += tokenizer.encode(line).length;
    }
    return tokens;
  }
}
