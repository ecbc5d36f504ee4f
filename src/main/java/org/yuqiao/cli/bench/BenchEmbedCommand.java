package org.yuqiao.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.yuqiao.cli.console.SelfProcess;
import org.yuqiao.cli.console.Threading;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.embedding.evaluation.AnalogyEvaluation;
import org.yuqiao.embedding.evaluation.AnalogyQuestions;
import org.yuqiao.embedding.evaluation.NeighborOverlap;
import org.yuqiao.embedding.io.WordVectorFile;
import org.yuqiao.embedding.query.AnalogyMethod;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.embedding.word2vec.Word2VecAlgorithm;
import org.yuqiao.files.InvalidInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code yuqiao bench embed}: word vectors compared with a word2vec.c binary. */
@Command(
    name = "embed",
    description = {
      "Trains word vectors with this program and with a word2vec.c binary in turn, with the same"
          + " settings (100 dimensions, window 5, 5 negative samples, 5 epochs, minimum count 5), and"
          + " compares time, memory, analogies and nearest neighbors.",
      "Each training is a process of its own; seconds are those of the whole process. word2vec.c as"
          + " published never clears its end-of-file flag, so a thread that reaches the end trains"
          + " no further epoch; the fraction of the work done is reported."
    },
    mixinStandardHelpOptions = true)
final class BenchEmbedCommand implements Callable<Integer> {
  private static final int NEIGHBORS = 10;
  private static final int COMPARED_WORDS = 500;

  @Option(
      names = "--word2vec",
      required = true,
      paramLabel = "FILE",
      description = "A word2vec binary, built from word2vec.c.")
  private Path binary;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "FILE",
      description = "Plain text: words separated by spaces, one sentence per line.")
  private Path input;

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "Threads of both programs (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--repeat",
      defaultValue = "3",
      description = "Pairs of trainings, each pair with its own seed (default: ${DEFAULT-VALUE}).")
  private int repeat;

  @Option(
      names = "--analogies",
      paramLabel = "FILE",
      description = "Analogy questions in the format of questions-words or CA8.")
  private Optional<Path> analogies = Optional.empty();

  /** One training by either program. */
  private record Trial(
      MeasuredProcess process, double wordsPerSecond, double share, WordVectors vectors) {}

  @Override
  public Integer call() throws IOException {
    if (repeat < 1) {
      throw new InvalidInputException("repeat must be at least 1, not " + repeat);
    }
    UsageException.refuseIf(threads < 1, "--threads must be at least 1, not " + threads);
    Threading.count(threads);
    Path folder = Files.createTempDirectory("bench-embed");
    try {
      for (Word2VecAlgorithm algorithm :
          List.of(Word2VecAlgorithm.CBOW, Word2VecAlgorithm.SKIP_GRAM)) {
        List<Trial> ours = new ArrayList<>();
        List<Trial> theirs = new ArrayList<>();
        for (int i = 1; i <= repeat; i++) {
          System.err.printf("%s, pair %d of %d%n", algorithm.title(), i, repeat);
          ours.add(own(algorithm, i, folder.resolve("own.bin")));
          theirs.add(peer(algorithm, folder.resolve("peer.bin")));
        }
        print(algorithm, ours, theirs);
      }
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return 0;
  }

  private Trial own(Word2VecAlgorithm algorithm, int seed, Path output) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("embed", "train", "--algorithm", algorithm.key(), "--json"));
    arguments.addAll(List.of("--input", input.toString(), "--output", output.toString()));
    arguments.addAll(List.of("--threads", "" + threads, "--seed", "" + seed));
    MeasuredProcess process = MeasuredProcess.run(SelfProcess.command(List.of(), arguments));
    JsonNode figures = new ObjectMapper().readTree(process.output());
    double rate = figures.get("wordsPerSecond").asDouble();
    return new Trial(process, rate, 100, WordVectorFile.read(output));
  }

  private Trial peer(Word2VecAlgorithm algorithm, Path output) {
    boolean cbow = algorithm == Word2VecAlgorithm.CBOW;
    String settings =
        "-size 100 -window 5 -negative 5 -hs 0 -sample 1e-3 -iter 5 -min-count 5 -binary 1 -threads "
            + threads
            + " -alpha "
            + algorithm.defaultAlpha()
            + " -cbow "
            + (cbow ? 1 : 0);
    List<String> command = new ArrayList<>();
    command.addAll(List.of(binary.toAbsolutePath().toString(), "-train", input.toString()));
    command.addAll(List.of("-output", output.toString()));
    command.addAll(Arrays.asList(settings.split(" ")));
    MeasuredProcess process = MeasuredProcess.run(command);
    String report = lastReport(process.output());
    double rate = 1000 * threads * figure(report, "Words/thread/sec:", "k");
    double share = figure(report, "Progress:", "%");
    return new Trial(process, rate, share, WordVectorFile.read(output));
  }

  /** word2vec.c rewrites its progress in one line. */
  private String lastReport(String output) {
    int last = output.lastIndexOf("Progress:");
    if (last < 0) {
      throw new InvalidInputException(binary + " does not report progress as word2vec.c does");
    }
    return output.substring(last);
  }

  private static double figure(String report, String name, String unit) {
    String behind = report.substring(report.indexOf(name) + name.length());
    return Double.parseDouble(behind.substring(0, behind.indexOf(unit)).strip());
  }

  private void print(Word2VecAlgorithm algorithm, List<Trial> ours, List<Trial> theirs) {
    System.out.printf("%s, %d threads, medians of %d%n", algorithm.title(), threads, repeat);
    print("seconds, whole process", "%.1f", ours, theirs, trial -> trial.process().seconds());
    print("share of the work, %", "%.0f", ours, theirs, Trial::share);
    print("words/s while training", "%,.0f", ours, theirs, Trial::wordsPerSecond);
    print(
        "peak memory, MiB",
        "%.0f",
        ours,
        theirs,
        trial -> (double) (trial.process().peakBytes().orElse(0) >> 20));
    analogies.ifPresent(
        file -> {
          AnalogyQuestions questions = AnalogyQuestions.read(file);
          print("analogies, % (3CosAdd)", "%.2f", ours, theirs, t -> accuracy(t, questions));
        });
    if (repeat > 1) {
      System.out.printf(
          Locale.ROOT,
          "  nearest neighbors in common: two seeds of ours %.1f %%, ours and theirs %.1f %%%n",
          100 * overlap(ours.get(0), ours.get(1)),
          100 * overlap(ours.get(0), theirs.get(0)));
    }
  }

  private double accuracy(Trial trial, AnalogyQuestions questions) {
    AnalogyEvaluation evaluation = new AnalogyEvaluation(trial.vectors(), threads);
    return 100 * evaluation.evaluate(questions).total().accuracy(AnalogyMethod.ADD);
  }

  /** Overlap of the nearest neighbors of frequent words. */
  private static double overlap(Trial first, Trial second) {
    List<String> words = first.vectors().words();
    return new NeighborOverlap(first.vectors(), second.vectors())
        .share(words.subList(0, Math.min(COMPARED_WORDS, words.size())), NEIGHBORS);
  }

  private static void print(
      String name,
      String form,
      List<Trial> ours,
      List<Trial> theirs,
      ToDoubleFunction<Trial> figure) {
    double own = median(ours, figure);
    double peer = median(theirs, figure);
    System.out.printf(
        Locale.ROOT,
        "  %-24s yuqiao " + form + " (%s), word2vec " + form + " (%s), ratio %.2f%n",
        name,
        own,
        all(ours, figure, form),
        peer,
        all(theirs, figure, form),
        own / peer);
  }

  private static String all(List<Trial> trials, ToDoubleFunction<Trial> figure, String form) {
    return String.join(
        " ",
        trials.stream()
            .map(trial -> String.format(Locale.ROOT, form, figure.applyAsDouble(trial)))
            .toList());
  }

  private static double median(List<Trial> trials, ToDoubleFunction<Trial> figure) {
    double[] sorted = trials.stream().mapToDouble(figure).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
