package org.yuqiao.cli.embed;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.yuqiao.cli.console.ThreadsOption;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.embedding.evaluation.AnalogyEvaluation;
import org.yuqiao.embedding.evaluation.AnalogyQuestions;
import org.yuqiao.embedding.evaluation.FoldedCase;
import org.yuqiao.embedding.evaluation.SimilarityEvaluation;
import org.yuqiao.embedding.evaluation.SimilarityPairs;
import org.yuqiao.embedding.vectors.WordVectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code yuqiao embed evaluate}: analogy accuracy and rank correlation of similarities. */
@Command(
    name = "evaluate",
    description = "Evaluates word vectors on analogies and on word similarity.",
    mixinStandardHelpOptions = true)
final class EmbedEvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private VectorsArgument file;

  @Option(
      names = "--analogies",
      paramLabel = "FILE",
      description = "Analogy questions: four words per line, sections \": name\"; repeatable.")
  private List<Path> analogies = List.of();

  @Option(
      names = "--similarity",
      paramLabel = "FILE",
      description = "Similarity pairs: word, word, human score per line; repeatable.")
  private List<Path> similarities = List.of();

  @Option(names = "--ignore-case", description = "Compares words in lower case.")
  private boolean ignoreCase;

  @Option(
      names = "--vocabulary",
      paramLabel = "N",
      description = "Only the N most frequent words (default: all).")
  private Optional<Integer> vocabulary = Optional.empty();

  @Mixin private ThreadsOption threads;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    if (analogies.isEmpty() && similarities.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "expected --analogies or --similarity with a file");
    }
    int workers = threads.count();
    int limit = vocabulary.orElse(Integer.MAX_VALUE);
    UsageException.refuseIf(limit < 1, "--vocabulary must be at least 1, not " + limit);
    WordVectors all = file.read();
    WordVectors first = all.select(IntStream.range(0, Math.min(all.size(), limit)).toArray());
    WordVectors vectors = ignoreCase ? FoldedCase.of(first) : first;
    EmbedEvaluateOutput output = new EmbedEvaluateOutput();
    AnalogyEvaluation evaluation = new AnalogyEvaluation(vectors, workers);
    for (Path path : analogies) {
      AnalogyQuestions questions = AnalogyQuestions.read(path);
      output.add(path, evaluation.evaluate(ignoreCase ? FoldedCase.of(questions) : questions));
    }
    for (Path path : similarities) {
      SimilarityPairs pairs = SimilarityPairs.read(path);
      output.add(
          path, SimilarityEvaluation.evaluate(vectors, ignoreCase ? FoldedCase.of(pairs) : pairs));
    }
    System.out.print(json ? output.json() + "\n" : output.text());
    return 0;
  }
}
