package org.yuqiao.cli.embed;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.embedding.io.WordVectorFile;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.store.ModelVectors;
import org.yuqiao.store.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code yuqiao embed export}: the embedding matrix of a trained translation model. */
@Command(
    name = "export",
    description = "Writes the token embeddings of a translation model.",
    mixinStandardHelpOptions = true)
final class EmbedExportCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN",
      description = "The folder of the run.")
  private Path model;

  @Option(
      names = "--side",
      required = true,
      paramLabel = "source|target",
      description = "The source or the target embedding.")
  private ModelVectors.Side side;

  @Option(
      names = "--format",
      paramLabel = "text|binary|projector",
      description =
          "Formats of word2vec or the TensorBoard projector (default: by extension, .bin binary, .tsv projector).")
  private Optional<WordVectorFile.Format> format = Optional.empty();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The file of the vectors.")
  private Path output;

  @Override
  public Integer call() {
    WordVectors vectors = ModelVectors.of(new RunFolder(model), side);
    WordVectorFile.write(vectors, output, format.orElse(WordVectorFile.Format.ofName(output)));
    System.err.printf(
        "%d vectors of dimension %d written to %s%n", vectors.size(), vectors.dimension(), output);
    return 0;
  }
}
