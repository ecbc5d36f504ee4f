package org.yuqiao.cli.embed;

import java.nio.file.Path;
import org.yuqiao.embedding.io.UnicodeErrors;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.store.WordVectorsFolder;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The word vectors that a command reads. */
final class VectorsArgument {
  @Parameters(
      index = "0",
      paramLabel = "VECTORS",
      description = "Word vectors: a file (also .gz, .xz), or the folder of a model.")
  private Path file;

  @Option(
      names = "--unicode-errors",
      paramLabel = "strict|replace|ignore",
      defaultValue = "strict",
      description =
          "Words that are not UTF-8, as word2vec.c cuts them: refused, with U+FFFD, or without the"
              + " bytes (default: ${DEFAULT-VALUE}).")
  private UnicodeErrors errors;

  /** Reads them. */
  WordVectors read() {
    return WordVectorsFolder.read(file, errors);
  }
}
