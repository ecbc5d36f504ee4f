package org.yuqiao.server.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.inference.SentenceRequest;
import org.yuqiao.inference.TranslationModel.Translation;

/**
 * The sentences of one request, translated in rounds together with those of other requests. It ends
 * early when its result is completed or cancelled by another.
 */
public final class TranslationJob {
  private final Decoding decoding;
  private final List<SentenceRequest> sentences;
  private final int sentencesPerRound;
  private final Listener listener;
  private final List<List<Translation>> translated = new ArrayList<>();
  private final CompletableFuture<List<List<Translation>>> result = new CompletableFuture<>();

  /**
   * Jobs with equal values are translated together.
   *
   * @param nbest translations of each sentence
   */
  public record Decoding(DecodingSettings settings, int nbest) {
    Strategy strategy() {
      return Strategy.withScores(settings, nbest);
    }
  }

  /** Hears of each sentence that is done, in the thread of the model. */
  @FunctionalInterface
  public interface Listener {
    /** Sentence {@code index} is done. */
    void done(int index, List<Translation> best);
  }

  /**
   * A job.
   *
   * @param sentencesPerRound the maximum number of its sentences in a round
   */
  public TranslationJob(
      Decoding decoding,
      List<SentenceRequest> sentences,
      int sentencesPerRound,
      Listener listener) {
    this.decoding = decoding;
    this.sentences = List.copyOf(sentences);
    this.sentencesPerRound = sentencesPerRound;
    this.listener = listener;
  }

  /** The translations of each sentence, the best first. */
  public CompletableFuture<List<List<Translation>>> result() {
    return result;
  }

  Decoding decoding() {
    return decoding;
  }

  /** The sentences of the next round, at most {@code room}. */
  List<SentenceRequest> next(int room) {
    int from = translated.size();
    int count = Math.min(Math.min(room, sentencesPerRound), sentences.size() - from);
    return sentences.subList(from, from + count);
  }

  void add(List<List<Translation>> found) {
    for (List<Translation> best : found) {
      translated.add(best);
      listener.done(translated.size() - 1, best);
    }
    if (translated.size() == sentences.size()) {
      result.complete(List.copyOf(translated));
    }
  }

  boolean isEnded() {
    return result.isDone();
  }
}
