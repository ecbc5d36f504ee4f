package org.yuqiao.embedding.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.yuqiao.embedding.evaluation.AnalogyEvaluation;
import org.yuqiao.embedding.evaluation.AnalogyQuestions;
import org.yuqiao.embedding.query.AnalogyMethod;
import org.yuqiao.embedding.vectors.SentenceSource;
import org.yuqiao.embedding.word2vec.Word2Vec;
import org.yuqiao.embedding.word2vec.Word2VecAlgorithm;
import org.yuqiao.embedding.word2vec.Word2VecProgress;
import org.yuqiao.embedding.word2vec.Word2VecSettings;
import org.yuqiao.stats.SeedStatistics;

/** Trains CBOW, corrected CBOW and skip-gram on one text with several seeds. */
public final class AlgorithmComparison {
  private final Word2VecSettings settings;
  private final int seeds;
  private final Optional<AnalogyQuestions> questions;

  /**
   * A comparison.
   *
   * @param settings for all; each algorithm has its own learning rate
   * @param seeds the number of seeds of each algorithm
   * @param questions analogy questions for the evaluation, if any
   */
  public AlgorithmComparison(
      Word2VecSettings settings, int seeds, Optional<AnalogyQuestions> questions) {
    this.settings = settings;
    this.seeds = seeds;
    this.questions = questions;
  }

  /**
   * One training run.
   *
   * @param analogies the analogy results, if there were questions
   */
  public record Trial(
      Word2VecAlgorithm algorithm,
      long seed,
      Word2Vec.Result result,
      Optional<AnalogyEvaluation.Result> analogies) {
    /** The accuracy of 3CosAdd on covered questions, 0 to 1; NaN without questions. */
    public double accuracy() {
      return analogies.map(r -> r.total().accuracy(AnalogyMethod.ADD)).orElse(Double.NaN);
    }
  }

  /** All trials of one algorithm. */
  public record Outcome(Word2VecAlgorithm algorithm, List<Trial> trials) {
    /** Mean and standard deviation of a figure over the seeds. */
    public SeedStatistics over(Function<Trial, Double> figure) {
      return SeedStatistics.of(trials.stream().map(figure).toList());
    }
  }

  /**
   * Trains every algorithm with every seed.
   *
   * @param progress returns a listener for each training run
   */
  public List<Outcome> run(
      SentenceSource source, Function<String, Consumer<Word2VecProgress>> progress) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Word2VecAlgorithm algorithm : Word2VecAlgorithm.values()) {
      List<Trial> trials =
          LongStream.range(0, seeds)
              .mapToObj(i -> trial(source, algorithm, settings.seed() + i, progress))
              .toList();
      outcomes.add(new Outcome(algorithm, trials));
    }
    return List.copyOf(outcomes);
  }

  private Trial trial(
      SentenceSource source,
      Word2VecAlgorithm algorithm,
      long seed,
      Function<String, Consumer<Word2VecProgress>> progress) {
    Consumer<Word2VecProgress> listener = progress.apply(algorithm.title() + ", seed " + seed);
    Word2Vec.Result result =
        new Word2Vec(settings.toBuilder().algorithm(algorithm).seed(seed).build(), listener)
            .train(source);
    return new Trial(
        algorithm,
        seed,
        result,
        questions.map(
            q -> new AnalogyEvaluation(result.vectors(), settings.threads()).evaluate(q)));
  }
}
