package org.yuqiao.decode.batch;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.yuqiao.decode.search.Search;
import org.yuqiao.decode.step.StepModel;

/**
 * Runs the searches of a batch of sentences together, one token a step. A sentence that is done
 * leaves the batch, and the last one takes its place.
 */
public final class BatchDecoder implements AutoCloseable {
  private final StepModel model;
  private final float[] row;
  private float[] attention = {};

  public BatchDecoder(StepModel model) {
    this.model = model;
    this.row = new float[model.vocabulary()];
  }

  /**
   * Runs {@code searches} until all are done.
   *
   * @param sources token ids of the sources, at least one each
   */
  public void run(List<int[]> sources, List<? extends Search> searches) {
    model.begin(sources);
    int longest = sources.stream().mapToInt(source -> source.length).max().orElse(0);
    attention = new float[longest + 1];
    Search[] live = searches.toArray(new Search[0]);
    int width = 1;
    while (live.length > 0) {
      model.step(tokens(live, width));
      int[][] parents = new int[live.length][];
      for (int i = 0; i < live.length; i++) {
        parents[i] = live[i].advance(scores(i * width));
      }
      int[] sentences = places(live);
      int[] rows = rows(live, width, sentences, parents);
      width = sentences.length == 0 ? 0 : rows.length / sentences.length;
      if (sentences.length > 0) {
        model.select(sentences, rows);
      }
      live = pick(live, sentences);
    }
  }

  private static Search[] pick(Search[] searches, int[] places) {
    Search[] picked = new Search[places.length];
    Arrays.setAll(picked, i -> searches[places[i]]);
    return picked;
  }

  /** The next token of each row; a sentence with fewer rows than others repeats its last one. */
  private static int[] tokens(Search[] live, int width) {
    int[] tokens = new int[live.length * width];
    for (int i = 0; i < live.length; i++) {
      for (int j = 0; j < width; j++) {
        tokens[i * width + j] = live[i].token(Math.min(j, live[i].rows() - 1));
      }
    }
    return tokens;
  }

  private Search.Scores scores(int first) {
    return new Search.Scores() {
      @Override
      public float[] row(int number) {
        model.read(first + number, row);
        return row;
      }

      @Override
      public int best(int number, Consumer<float[]> processor) {
        return model.best(first + number, processor, row);
      }

      @Override
      public float[] attention(int number) {
        model.readAttention(first + number, attention);
        return attention;
      }
    };
  }

  /** For each place in the batch its next sentence: the same one, or the last one to fill a gap. */
  private static int[] places(Search[] live) {
    int count = (int) Arrays.stream(live).filter(search -> search.rows() > 0).count();
    int[] sentences = new int[count];
    int last = live.length - 1;
    for (int i = 0; i < count; i++) {
      if (live[i].rows() > 0) {
        sentences[i] = i;
        continue;
      }
      while (live[last].rows() == 0) {
        last--;
      }
      sentences[i] = last--;
    }
    return sentences;
  }

  /** The former row that each row continues; rows without a hypothesis stay unchanged. */
  private static int[] rows(Search[] live, int before, int[] sentences, int[][] parents) {
    int width = 0;
    for (int sentence : sentences) {
      width = Math.max(width, live[sentence].rows());
    }
    int[] rows = new int[sentences.length * width];
    for (int i = 0; i < sentences.length; i++) {
      int[] own = parents[sentences[i]];
      for (int j = 0; j < width; j++) {
        int parent = j < own.length ? own[j] : Math.min(j, before - 1);
        rows[i * width + j] = sentences[i] * before + parent;
      }
    }
    return rows;
  }

  /** The seconds spent in ops so far, by their part of the model and their name. */
  Map<String, Double> secondsByOp() {
    return model.secondsByOp();
  }

  @Override
  public void close() {
    model.close();
  }
}
