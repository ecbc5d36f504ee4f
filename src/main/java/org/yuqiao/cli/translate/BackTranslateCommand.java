package org.yuqiao.cli.translate;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.backend.Backend;
import org.yuqiao.cli.console.DirectionOption;
import org.yuqiao.cli.console.InputLines;
import org.yuqiao.cli.console.LineProgress;
import org.yuqiao.cli.console.ThreadsOption;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusConverter;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Utf8Lines;
import org.yuqiao.inference.BackTranslation;
import org.yuqiao.inference.TranslationModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao data back-translate}: synthetic pairs from monolingual text. */
@Command(
    name = "back-translate",
    description = {
      "Translates monolingual sentences and writes pairs, to train a model of the other direction.",
      "Degenerate translations are left out; the translated side begins with a tag."
    },
    mixinStandardHelpOptions = true)
public final class BackTranslateCommand implements Callable<Integer> {
  private static final int CHUNK = 2000;

  @Parameters(
      index = "0",
      paramLabel = "TEXT",
      description = "Sentences, one a line (also .gz, .xz), or - for standard input.")
  private Path text;

  @Parameters(index = "1", paramLabel = "OUT", description = "The pairs: a .tsv file.")
  private Path out;

  @Option(
      names = "--model",
      paramLabel = "RUN",
      description =
          "The folder of a run or a model that reads the language of TEXT (default: the shipped"
              + " model of --direction).")
  private Optional<Path> model = Optional.empty();

  @Mixin private DirectionOption direction;

  @Mixin private DecodingOptions decoding;

  @Mixin private SamplingOptions sampling;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "In front of each translation; empty: none (default: ${DEFAULT-VALUE}).")
  private String tag = "<BT>";

  @Mixin private ThreadsOption threads;

  @Override
  public Integer call() {
    InvalidInputException.require(
        out.toString().endsWith(".tsv"), "OUT must be a .tsv file, not " + out);
    Backend backend = threads.backend();
    Path folder = model.orElseGet(direction::shipped);
    try (TranslationModel translator = TranslationModel.load(List.of(folder), backend);
        LineProgress progress = new LineProgress("translating", "sentences")) {
      direction.check(translator.settings());
      Strategy strategy = decoding.strategy(translator.settings().decode(), sampling, 0);
      BackTranslation pairs = new BackTranslation(translator, strategy, tag);
      long[] written = {0};
      AtomicFile.write(out, file -> written[0] = write(pairs, file, progress));
      System.err.printf(
          "%d pairs written to %s; %d degenerate translations left out%n",
          written[0], out, pairs.dropped());
    }
    return 0;
  }

  private long write(BackTranslation pairs, OutputStream file, LineProgress progress) {
    long[] written = {0};
    try (Utf8Lines lines = Utf8Lines.open(text)) {
      InputLines.forEachChunk(
          lines,
          CHUNK,
          chunk -> {
            for (SentencePair pair : pairs.pairs(chunk, progress::add)) {
              print(file, CorpusConverter.tabSeparated(pair) + "\n");
              written[0]++;
            }
          });
    }
    return written[0];
  }

  private static void print(OutputStream file, String row) {
    try {
      file.write(row.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // AtomicFile says that it cannot write
    }
  }
}
