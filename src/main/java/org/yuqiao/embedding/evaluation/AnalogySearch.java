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
 * Answers many analogies at once. All their words' similarities with a block of the vocabulary are
 * one matmul; a question is then three of its rows, combined entry by entry. Many questions share
 * few words, so this is far less work than a matmul per question.
 */
final class AnalogySearch {
  /** How many similarities a block holds: few enough for the processor's cache to help. */
  private static final int BLOCK_VALUES = 1 << 22;

  private static final int MIN_BLOCK = 256;
  private static final int LARGEST_BLOCK = 8192;

  private final WordVectors unit;
  private final int threads;

  /** Searches among {@code vectors} with {@code threads} threads. */
  AnalogySearch(WordVectors vectors, int threads) {
    this.unit = vectors.normalized();
    this.threads = threads;
  }

  /**
   * Answers questions.
   *
   * @param questions at least one; the rows of a, a* and b of each
   * @return for each method the rows of the answers; -1 where no word is left to answer
   */
  Map<AnalogyMethod, int[]> answers(List<int[]> questions) {
    int[] words = questions.stream().flatMapToInt(Arrays::stream).distinct().sorted().toArray();
    List<int[]> places =
        questions.stream()
            .map(q -> Arrays.stream(q).map(word -> Arrays.binarySearch(words, word)).toArray())
            .toList();
    int size = Math.min(LARGEST_BLOCK, Math.max(MIN_BLOCK, BLOCK_VALUES / words.length));
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
    // Column-major: what follows one another in memory belongs to one question word.
    try (INDArray product = Nd4j.createUninitialized(all.dataType(), shape, 'f')) {
      Nd4j.gemm(block, ofWords, product, false, true, 1.0, 0.0);
      float[] cosines = new float[(int) product.length()];
      product.data().asNioFloat().get(cosines);
      for (int i = 0; i < cosines.length; i++) {
        cosines[i] = AnalogyMethod.shifted(cosines[i]);
      }
      return cosines;
    }
  }
}
