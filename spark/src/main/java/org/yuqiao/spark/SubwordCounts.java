package org.yuqiao.spark;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.yuqiao.cli.cluster.CleaningJob;
import org.yuqiao.corpus.clean.CleanedShards;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.corpus.read.TextColumns;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.text.Language;
import org.yuqiao.text.SubwordSettings;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerLearner;
import scala.Tuple2;

/**
 * The tokenizers of a run whose training corpora are folders of shards: the executors clean and
 * count the pieces that merges do not cross, the driver merges. The result is that of one machine,
 * which needs all counts: rare pieces are not left out.
 */
final class SubwordCounts {
  private static final int MIN_PAIRS = 1000;
  private static final int TASKS_PER_CORE = 4;

  /** Characters of the code of a language. */
  private static final int CODE = 2;

  /** What counts of both languages together go by. */
  private static final Language JOINT = Language.EN;

  private SubwordCounts() {}

  /**
   * Whether executors can count what the tokenizers of a run are learned from: nothing is drawn at
   * random or compared with all pairs before it.
   */
  static boolean suit(ExperimentSettings settings) {
    ExperimentSettings.Data data = settings.data();
    return settings.translates()
        && settings.start().encoderRun().isEmpty()
        && settings.start().modelFolder().isEmpty()
        && data.augment().hasNone()
        && !data.protect()
        && data.maxPairs() == 0
        && data.cleaning().nearDuplicates() == 0
        && !data.train().isEmpty()
        && data.train().stream().allMatch(name -> new CorpusFiles(name).isSharded());
  }

  /** Counts on the cluster and learns here. */
  static Map<Language, Tokenizer> learn(JavaSparkContext context, ExperimentSettings settings) {
    ExperimentSettings.Data data = settings.data();
    SparkCleaning cleaning =
        SparkCleaning.of(
            context,
            new CleaningJob(
                data.train(), TextColumns.of(data.columns()), data.cleaning(), data.heldOut()));
    boolean joint = settings.subwords().joint();
    Map<Language, Map<String, Long>> counts = new EnumMap<>(Language.class);
    Iterator<Tuple2<String, Long>> pieces =
        cleaning
            .judged(
                pairsPerTask(cleaning.pairs(), context.defaultParallelism()),
                new Counting(settings.subwords().settings(), joint))
            .flatMapToPair(List::iterator)
            .reduceByKey(Long::sum)
            .toLocalIterator();
    pieces.forEachRemaining(piece -> add(piece, counts));
    Map<Language, Tokenizer> tokenizers = new EnumMap<>(Language.class);
    counts.forEach(
        (language, ofLanguage) ->
            tokenizers.put(language, settings.tokenizerLearner(language).learn(ofLanguage)));
    if (joint && counts.containsKey(JOINT)) {
      tokenizers.put(JOINT.other(), tokenizers.get(JOINT));
    }
    return tokenizers;
  }

  private static int pairsPerTask(long pairs, int parallelism) {
    long even = pairs / (TASKS_PER_CORE * (long) parallelism);
    return (int) Math.max(MIN_PAIRS, Math.min(CleanedShards.PAIRS, even));
  }

  private static void add(Tuple2<String, Long> piece, Map<Language, Map<String, Long>> counts) {
    Language language = Language.of(piece._1().substring(0, CODE));
    counts
        .computeIfAbsent(language, key -> new HashMap<>())
        .put(piece._1().substring(CODE), piece._2());
  }

  /**
   * Counts the pieces of the kept pairs of a shard; the code of the language stands before each.
   *
   * @param joint whether both languages are one
   */
  private record Counting(SubwordSettings settings, boolean joint)
      implements SparkCleaning.ShardWork<List<Tuple2<String, Long>>> {
    @Override
    public List<Tuple2<String, Long>> of(Iterator<JudgedPair> pairs) {
      Map<Language, TokenizerLearner> learners = new EnumMap<>(Language.class);
      Map<Language, Map<String, Long>> counts = new EnumMap<>(Language.class);
      for (Language language : Language.values()) {
        learners.put(language, new TokenizerLearner(settings, joint || language == Language.EN));
        counts.put(language, new HashMap<>());
      }
      pairs.forEachRemaining(
          pair -> {
            if (pair.outcome().kept()) {
              learners.forEach(
                  (side, learner) ->
                      count(pair.outcome().pair().side(side), learner, counts.get(of(side))));
            }
          });
      List<Tuple2<String, Long>> counted = new ArrayList<>();
      counts.forEach(
          (language, pieces) ->
              pieces.forEach(
                  (piece, count) -> counted.add(new Tuple2<>(language.code() + piece, count))));
      return counted;
    }

    private Language of(Language side) {
      return joint ? JOINT : side;
    }

    private static void count(String text, TokenizerLearner learner, Map<String, Long> counts) {
      learner.cut(text, piece -> counts.merge(piece, 1L, Long::sum));
    }
  }
}
