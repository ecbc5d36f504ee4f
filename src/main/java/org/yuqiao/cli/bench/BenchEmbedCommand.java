package org.yuqiao.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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

/** {@code yuqiao bench embed}: word vectors compared with those of other programs. */
@Command(
    name = "embed",
    description = {
      "Trains word vectors with this program and with word2vec.c, gensim or fastText in turn, with"
          + " the same settings (100 dimensions, window 5, 5 negative samples, 5 epochs, minimum"
          + " count 5), and compares time, memory, analogies and nearest neighbors.",
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
      paramLabel = "FILE",
      description = "A word2vec binary, built from word2vec.c.")
  private Optional<Path> word2vec = Optional.empty();

  @Option(
      names = "--gensim",
      paramLabel = "PYTHON",
      description = "A Python with gensim; its Word2Vec reads the file itself (corpus_file).")
  private Optional<Path> gensim = Optional.empty();

  @Option(
      names = "--fasttext",
      paramLabel = "FILE",
      description = "A fastText binary; it trains without character n-grams.")
  private Optional<Path> fastText = Optional.empty();

  @Option(
      names = "--input",
      required = true,
      paramLabel = "FILE",
      description = "Plain text: words separated by spaces, one sentence per line.")
  private Path input;

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "Threads of all programs (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--repeat",
      defaultValue = "3",
      description =
          "Rounds of trainings, each round with its own seed (default: ${DEFAULT-VALUE}).")
  private int repeat;

  @Option(
      names = "--analogies",
      paramLabel = "FILE",
      description = "Analogy questions in the format of questions-words or CA8.")
  private Optional<Path> analogies = Optional.empty();

  /** One training by one of the programs. */
  private record Trial(
      MeasuredProcess process, OptionalDouble wordsPerSecond, double share, WordVectors vectors) {}

  @Override
  public Integer call() throws IOException {
    if (repeat < 1) {
      throw new InvalidInputException("repeat must be at least 1, not " + repeat);
    }
    UsageException.refuseIf(threads < 1, "--threads must be at least 1, not " + threads);
    Threading.count(threads);
    List<WordVectorPeer> peers = peers();
    UsageException.refuseIf(peers.isEmpty(), "give --word2vec, --gensim or --fasttext");
    Path folder = Files.createTempDirectory("bench-embed");
    try {
      for (Word2VecAlgorithm algorithm :
          List.of(Word2VecAlgorithm.CBOW, Word2VecAlgorithm.SKIP_GRAM)) {
        List<Trial> ours = new ArrayList<>();
        Map<WordVectorPeer, List<Trial>> theirs = new LinkedHashMap<>();
        peers.forEach(peer -> theirs.put(peer, new ArrayList<>()));
        for (int seed = 1; seed <= repeat; seed++) {
          System.err.printf("%s, round %d of %d%n", algorithm.title(), seed, repeat);
          ours.add(own(algorithm, seed, folder.resolve("own.bin")));
          for (WordVectorPeer peer : peers) {
            Path output = folder.resolve(peer.name() + peer.extension());
            theirs.get(peer).add(trial(peer, algorithm, seed, output));
          }
        }
        System.out.printf("%s, %d threads, medians of %d%n", algorithm.title(), threads, repeat);
        theirs.forEach((peer, trials) -> print(peer.name(), ours, trials));
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

  private List<WordVectorPeer> peers() {
    List<WordVectorPeer> peers = new ArrayList<>();
    word2vec.ifPresent(binary -> peers.add(new Word2VecC(binary)));
    gensim.ifPresent(python -> peers.add(new Gensim(python)));
    fastText.ifPresent(binary -> peers.add(new FastText(binary)));
    return peers;
  }

  private Trial own(Word2VecAlgorithm algorithm, int seed, Path output) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("embed", "train", "--algorithm", algorithm.key(), "--json"));
    arguments.addAll(List.of("--input", input.toString(), "--output", output.toString()));
    arguments.addAll(List.of("--threads", "" + threads, "--seed", "" + seed));
    MeasuredProcess process = MeasuredProcess.run(SelfProcess.command(List.of(), arguments));
    JsonNode figures = new ObjectMapper().readTree(process.output());
    double rate = figures.get("wordsPerSecond").asDouble();
    return new Trial(process, OptionalDouble.of(rate), 100, WordVectorFile.read(output));
  }

  private Trial trial(WordVectorPeer peer, Word2VecAlgorithm algorithm, int seed, Path output) {
    MeasuredProcess process =
        MeasuredProcess.run(peer.command(algorithm, input, output, threads, seed));
    return new Trial(
        process,
        peer.wordsPerSecond(process.output(), threads),
        peer.share(process.output()),
        WordVectorFile.read(output));
  }

  private void print(String peer, List<Trial> ours, List<Trial> theirs) {
    Comparison compared = new Comparison(peer, ours, theirs);
    compared.print("seconds, whole process", "%.1f", trial -> trial.process().seconds());
    compared.print("share of the work, %", "%.0f", Trial::share);
    if (theirs.stream().allMatch(trial -> trial.wordsPerSecond().isPresent())) {
      compared.print(
          "words/s while training", "%,.0f", trial -> trial.wordsPerSecond().orElseThrow());
    }
    compared.print(
        "peak memory, MiB",
        "%.0f",
        trial -> (double) (trial.process().peakBytes().orElse(0) >> 20));
    analogies.ifPresent(
        file -> {
          AnalogyQuestions questions = AnalogyQuestions.read(file);
          compared.print("analogies, % (3CosAdd)", "%.2f", t -> accuracy(t, questions));
        });
    if (repeat > 1) {
      System.out.printf(
          Locale.ROOT,
          "  nearest neighbors in common: two seeds of ours %.1f %%, ours and %s %.1f %%%n",
          100 * overlap(ours.get(0), ours.get(1)),
          peer,
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

  /** Trainings of this program and of a peer. */
  private record Comparison(String peer, List<Trial> ours, List<Trial> theirs) {
    void print(String name, String form, ToDoubleFunction<Trial> figure) {
      double own = median(ours, figure);
      double other = median(theirs, figure);
      System.out.printf(
          Locale.ROOT,
          "  %-24s yuqiao " + form + " (%s), %s " + form + " (%s), ratio %.2f%n",
          name,
          own,
          all(ours, figure, form),
          peer,
          other,
          all(theirs, figure, form),
          own / other);
    }
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
