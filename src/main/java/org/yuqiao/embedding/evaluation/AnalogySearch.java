package org.yuqiao.embedding.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.yuqiao.backend.tensor.Threads;
import org.yuqiao.embedding.query.AnalogyMethod;
import org.yuqiao.embedding.vectors.WordVectors;

/**
 * Answers many analogies at once with one matmul per block of the vocabulary. It gives the
 * similarities of all question words; each question combines three of its rows. Questions share
 * words, so this is far cheaper than a matmul a question.
 */
final class AnalogySearch {
  /** The maximum number of similarities in a block, limited for the CPU cache. */
  private static final int BLOCK_VALUES = 1 << 22;

  private static final int MIN_BLOCK = 256;
  private static final int MAX_BLOCK = 8192;

  private final WordVectors unit;
  private final int threads;

  /** Searches among {@code vectors} with {@code threads} threads. */
  AnalogySearch(WordVectors vectors, int threads) {
    this.unit = vectors.normalized();
    this.threads = threads;
  }

  /**
   * Answers {@code questions}.
   *
   * @param questions at least one; the rows of a, a* and b of each
   * @return for each method the rows of the answers; -1 without a candidate
   */
  Map<AnalogyMethod, int[]> answers(List<int[]> questions) {
    int[] words = questions.stream().flatMapToInt(Arrays::stream).distinct().sorted().toArray();
    List<int[]> places =
        questions.stream()
            .map(q -> Arrays.stream(q).map(word -> Arrays.binarySearch(words, word)).toArray())
            .toList();
    int size = Math.min(MAX_BLOCK, Math.max(MIN_BLOCK, BLOCK_VALUES / words.length));
    try (INDArray all = matrix(unit.values());
        INDArray ofWords = matrix(unit.select(words).values());
        Threads workers = new Threads(threads)) {
      List<Callable<Map<AnalogyMethod, AnalogyAnswers>>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int first = i * size;
        tasks.add(
            () -> {
              Map<AnalogyMethod, AnalogyAnswers> found = none(words, places);
              for (int from = first; from < unit.size(); from += threads * size) {
                int start = from;
                int length = Math.min(unit.size() - from, size);
                float[] cosines = cosines(all, start, start + length, ofWords);
                found.values().forEach(answers -> answers.consider(start, length, cosines));
              }
              return found;
            });
      }
      Map<AnalogyMethod, AnalogyAnswers> merged = none(words, places);
      for (Map<AnalogyMethod, AnalogyAnswers> found : workers.all(tasks)) {
        merged.forEach((method, answers) -> answers.merge(found.get(method)));
      }
      Map<AnalogyMethod, int[]> result = new EnumMap<>(AnalogyMethod.class);
      merged.forEach((method, answers) -> result.put(method, answers.best()));
      return result;
    }
  }

  private static Map<AnalogyMethod, AnalogyAnswers> none(int[] words, List<int[]> places) {
    Map<AnalogyMethod, AnalogyAnswers> none = new EnumMap<>(AnalogyMethod.class);
    for (AnalogyMethod method : AnalogyMethod.values()) {
      none.put(method, new AnalogyAnswers(method, words, places));
    }
    return none;
  }

  private INDArray matrix(float[] values) {
    return Nd4j.createFromArray(values).reshape(values.length / unit.dimension(), unit.dimension());
  }

  /** Shifted cosines of all question words with the words from..to: {@code [W, to - from]}. */
  private static float[] cosines(INDArray all, int from, int to, INDArray ofWords) {
    INDArray block = all.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
    long[] shape = {to - from, ofWords.rows()};
    // Column-major: the values of one question word are contiguous.
    try (INDArray similarities = Nd4j.createUninitialized(all.dataType(), shape, 'f')) {
      Nd4j.gemm(block, ofWords, similarities, false, true, 1.0, 0.0);
      float[] cosines = new float[(int) similarities.length()];
      similarities.data().asNioFloat().get(cosines);
      for (int i = 0; i < cosines.length; i++) {
        cosines[i] = AnalogyMethod.shifted(cosines[i]);
      }
      return cosines;
    }
  }
}
