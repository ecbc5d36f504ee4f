package org.yuqiao.inference;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.corpus.read.PairRecordReader;
import org.yuqiao.decode.batch.PairScorer;

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
   * A pair of the corpus.
   *
   * @param origin where it stands, as "file, line n"
   * @param score empty when it cannot be scored
   * @param problem why it cannot be scored; empty when it can
   */
  public record Pair(String origin, Optional<Score> score, String problem) {}

  /** A pair as token ids. */
  private record Encoded(String origin, int[] source, int[] target, String problem) {}

  /** Scores all pairs of {@code corpus}, in order; those that cannot be scored say why. */
  public static List<Pair> run(TranslationModel model, String corpus) {
    LoadedModels models = model.loaded();
    try (PairScorer scorer = new PairScorer(models.models(), model.backend())) {
      List<Encoded> pairs = new ArrayList<>();
      PairRecordReader reader = new CorpusFiles(corpus).open();
      while (reader.hasNext()) {
        SentencePair pair = reader.nextPair();
        int[] source = models.encodeSource(pair.side(models.settings().source()));
        int[] target = models.encodeTarget(pair.side(models.settings().target()));
        String problem = problem(source.length, target.length, scorer.longest());
        pairs.add(new Encoded(pair.origin(), source, target, problem));
      }
      List<Encoded> good = pairs.stream().filter(pair -> pair.problem().isEmpty()).toList();
      Iterator<double[]> scores =
          scorer
              .score(
                  good.stream().map(Encoded::source).toList(),
                  good.stream().map(Encoded::target).toList())
              .iterator();
      return pairs.stream().map(pair -> scored(models, pair, scores)).toList();
    }
  }

  private static String problem(int source, int target, int longest) {
    if (source == 0) {
      return "the source is empty";
    }
    return source > longest || target > longest
        ? String.format(
            Locale.ROOT,
            "%d and %d tokens, but the model reads %d at most",
            source,
            target,
            longest)
        : "";
  }

  private static Pair scored(LoadedModels models, Encoded pair, Iterator<double[]> scores) {
    if (!pair.problem().isEmpty()) {
      return new Pair(pair.origin(), Optional.empty(), pair.problem());
    }
    Score score = score(models, pair.target(), scores.next());
    return Double.isFinite(score.logProbability())
        ? new Pair(pair.origin(), Optional.of(score), "")
        : new Pair(pair.origin(), Optional.empty(), "its log-probability is not finite");
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
