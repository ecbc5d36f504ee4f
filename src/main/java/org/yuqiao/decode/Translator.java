package org.yuqiao.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.ParameterBuffer;
import org.yuqiao.backend.Threads;
import org.yuqiao.model.EncoderDecoder;

/**
 * Translates many sentences: sorted by length, in batches, on all threads, results in the order of
 * the sources. Threads share the weights.
 */
public final class Translator implements AutoCloseable {
  /** Source tokens times hypotheses that are worked on together by one thread. */
  private static final int ROOM = 3000;

  private final DecodingSettings settings;
  private final int longest;
  private final Threads threads;
  private final List<BeamSearch> searches = new ArrayList<>();

  /** A translator that reads {@code parameters} where they are. */
  public Translator(
      EncoderDecoder model,
      ParameterBuffer parameters,
      Backend backend,
      DecodingSettings settings) {
    this.settings = settings;
    this.longest = model.settings().maximumPositions() - 1;
    this.threads = new Threads(backend.threads());
    for (int i = 0; i < backend.threads(); i++) {
      searches.add(new BeamSearch(model, parameters, backend, settings));
    }
  }

  /** The most tokens of a source that are read; what is longer is cut off there. */
  public int longestSource() {
    return longest;
  }

  /**
   * The best hypotheses of each source, the best first; for a source without tokens one empty
   * hypothesis.
   *
   * @param sources token ids, without {@code <eos>}
   * @param progress is told the number of sentences done whenever some more are
   */
  public List<List<Hypothesis>> translate(List<int[]> sources, LongConsumer progress) {
    List<List<Integer>> batches = batches(sources);
    List<List<Hypothesis>> results = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      results.add(List.of(new Hypothesis(new int[0], 0, 0)));
    }
    BlockingQueue<BeamSearch> idle = new LinkedBlockingQueue<>(searches);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (List<Integer> batch : batches) {
      tasks.add(
          () -> {
            BeamSearch search = idle.take();
            try {
              List<int[]> own = batch.stream().map(i -> shortened(sources.get(i))).toList();
              List<List<Hypothesis>> found = search.search(own);
              synchronized (results) {
                for (int i = 0; i < found.size(); i++) {
                  results.set(batch.get(i), found.get(i));
                }
                progress.accept(batch.size());
              }
            } finally {
              idle.add(search);
            }
            return true;
          });
    }
    threads.all(tasks);
    return results;
  }

  private int[] shortened(int[] source) {
    return source.length <= longest ? source : Arrays.copyOf(source, longest);
  }

  private List<List<Integer>> batches(List<int[]> sources) {
    List<Integer> order =
        IntStream.range(0, sources.size())
            .filter(i -> sources.get(i).length > 0)
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> -sources.get(i).length))
            .toList();
    List<List<Integer>> batches = new ArrayList<>();
    List<Integer> batch = new ArrayList<>();
    for (int i : order) {
      int width = batch.isEmpty() ? 0 : sources.get(batch.get(0)).length;
      if (width * settings.beam() * (batch.size() + 1) > ROOM) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
      batch.add(i);
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  @Override
  public void close() {
    threads.close();
    searches.forEach(BeamSearch::close);
  }
}
