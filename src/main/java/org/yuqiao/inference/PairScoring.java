package org.yuqiao.inference;

import java.util.ArrayList;
import java.util.List;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.corpus.read.PairRecordReader;
import org.yuqiao.decode.batch.PairScorer;
import org.yuqiao.files.InvalidInputException;

/** Scores the pairs of a corpus by the log-probabilities of their given translations. */
public final class PairScoring {
  private PairScoring() {}

  /**
   * The score of a pair.
   *
   * @param logProbability natural, of all tokens and the end
   * @param tokens of the translation, and the end
   * @param scores the natural log-probability of each token
   */
  public record Score(double logProbability, List<String> tokens, double[] scores) {}

  /**
   * Scores all pairs of {@code corpus}, in order.
   *
   * @throws InvalidInputException naming the pair, counted from 1, that has no source or is too
   *     long
   */
  public static List<Score> run(TranslationModel model, String corpus) {
    LoadedModels models = model.loaded();
    List<int[]> sources = new ArrayList<>();
    List<int[]> targets = new ArrayList<>();
    try (PairScorer scorer = new PairScorer(models.models(), model.backend())) {
      PairRecordReader reader = new CorpusFiles(corpus).open();
      while (reader.hasNext()) {
        SentencePair pair = reader.nextPair();
        sources.add(models.encodeSource(pair.side(models.settings().source())));
        targets.add(models.encodeTarget(pair.side(models.settings().target())));
        check(corpus, sources, targets, scorer.longest());
      }
      List<Score> result = new ArrayList<>();
      List<double[]> scores = scorer.score(sources, targets);
      for (int i = 0; i < scores.size(); i++) {
        result.add(score(models, targets.get(i), scores.get(i)));
      }
      return result;
    }
  }

  private static void check(String corpus, List<int[]> sources, List<int[]> targets, int longest) {
    int number = sources.size();
    int source = sources.get(number - 1).length;
    int target = targets.get(number - 1).length;
    if (source == 0) {
      throw new InvalidInputException(corpus + ", pair " + number + ": the source is empty");
    }
    if (source > longest || target > longest) {
      throw new InvalidInputException(
          String.format(
              "%s, pair %d: %d and %d tokens, but the model reads %d at most",
              corpus, number, source, target, longest));
    }
  }

  private static Score score(LoadedModels models, int[] target, double[] scores) {
    List<String> tokens = new ArrayList<>();
    for (int token : target) {
      tokens.add(models.target().piece(token));
    }
    tokens.add("<eos>");
    double sum = 0;
    for (double score : scores) {
      sum += score;
    }
    return new Score(sum, tokens, scores);
  }
}
