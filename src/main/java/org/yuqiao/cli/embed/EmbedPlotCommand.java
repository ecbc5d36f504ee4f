package org.yuqiao.cli.embed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.embedding.projection.ProjectionMethod;
import org.yuqiao.embedding.projection.ProjectionPlot;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Utf8Lines;
import org.yuqiao.plot.Picture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao embed plot}: word vectors projected onto the plane. */
@Command(
    name = "plot",
    description = "Draws word vectors in the plane (PCA or t-SNE).",
    mixinStandardHelpOptions = true)
public final class EmbedPlotCommand implements Callable<Integer> {
  private static final int DEFAULT_COUNT = 150;

  @Mixin private VectorsArgument file;

  @Option(
      names = "--words",
      paramLabel = "FILE",
      description = "The words to draw, separated by spaces or line breaks.")
  private Optional<Path> words = Optional.empty();

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Without --words: the N most frequent words (default: 150).")
  private Optional<Integer> count = Optional.empty();

  @Option(
      names = "--method",
      paramLabel = "pca|tsne",
      defaultValue = "pca",
      description = "pca: principal components, tsne: t-SNE (default: ${DEFAULT-VALUE}).")
  private ProjectionMethod method;

  @Option(
      names = "--font",
      paramLabel = "FILE",
      description = "A TrueType or OpenType font; default: an installed one.")
  private Optional<Path> font = Optional.empty();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The picture: .png or .svg.")
  private Path output;

  @Override
  public Integer call() {
    UsageException.refuseIf(
        words.isPresent() && count.isPresent(), "give --words or --count, not both");
    int frequent = count.orElse(DEFAULT_COUNT);
    UsageException.refuseIf(frequent < 1, "--count must be at least 1, not " + frequent);
    Picture.requireFormat(output);
    WordVectors vectors = file.read();
    WordVectors selected =
        words
            .map(path -> selected(vectors, path))
            .orElseGet(
                () ->
                    vectors.select(
                        IntStream.range(0, Math.min(frequent, vectors.size())).toArray()));
    ProjectionPlot.of(selected, method, font).write(output);
    System.err.println(selected.size() + " words drawn in " + output);
    return 0;
  }

  /** The vectors of the listed words; words without one are reported on standard error. */
  private static WordVectors selected(WordVectors vectors, Path list) {
    Set<Integer> rows = new LinkedHashSet<>();
    List<String> unknown = new ArrayList<>();
    try (Utf8Lines lines = Utf8Lines.open(list)) {
      Optional<String> line = lines.next();
      while (line.isPresent()) {
        for (String word : line.get().strip().split("\\s+")) {
          if (vectors.index(word).isPresent()) {
            rows.add(vectors.index(word).getAsInt());
          } else if (!word.isEmpty()) {
            unknown.add(word);
          }
        }
        line = lines.next();
      }
    }
    if (rows.isEmpty()) {
      throw new InvalidInputException("none of the words in " + list + " has a vector");
    }
    if (!unknown.isEmpty()) {
      System.err.println("without a vector: " + String.join(" ", unknown));
    }
    return vectors.select(rows.stream().mapToInt(Integer::intValue).toArray());
  }
}
