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
  private final Function<Word2VecAlgorithm, Word2VecSettings> settings;
  private final int seeds;
  private final Optional<AnalogyQuestions> questions;

  /**
   * A comparison.
   *
   * @param settings of each algorithm, with its first seed
   * @param seeds the number of seeds of each algorithm
   * @param questions analogy questions for the evaluation, if any
   */
  public AlgorithmComparison(
      Function<Word2VecAlgorithm, Word2VecSettings> settings,
      int seeds,
      Optional<AnalogyQuestions> questions) {
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
      Word2VecSettings first = settings.apply(algorithm);
      List<Trial> trials =
          LongStream.range(0, seeds)
              .mapToObj(i -> first.toBuilder().seed(first.seed() + i).build())
              .map(seeded -> trial(source, seeded, progress))
              .toList();
      outcomes.add(new Outcome(algorithm, trials));
    }
    return List.copyOf(outcomes);
  }

  private Trial trial(
      SentenceSource source,
      Word2VecSettings seeded,
      Function<String, Consumer<Word2VecProgress>> progress) {
    String title = seeded.algorithm().title() + ", seed " + seeded.seed();
    Word2Vec.Result result = new Word2Vec(seeded, progress.apply(title)).train(source);
    return new Trial(
        seeded.algorithm(),
        seeded.seed(),
        result,
        questions.map(q -> new AnalogyEvaluation(result.vectors(), seeded.threads()).evaluate(q)));
  }
}
