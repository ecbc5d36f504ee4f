package org.yuqiao.embedding.word2vec;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.yuqiao.backend.tensor.Threads;
import org.yuqiao.embedding.vectors.SentenceSource;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.InvalidInputException;

/**
 * Trains word vectors (Mikolov et al., 2013). Threads take pieces of the text in turn and update
 * the shared matrices without locks; the random draws of a piece depend only on the seed and its
 * index.
 */
public final class Word2Vec {
  /** The final learning rate as a fraction of the initial one, as in word2vec.c. */
  private static final double MIN_RATE = 1e-4;

  /** The number of progress reports of a training. */
  private static final int REPORTS = 40;

  private final Word2VecSettings settings;
  private final Consumer<Word2VecProgress> listener;

  /**
   * A trainer.
   *
   * @param listener receives about forty progress reports
   */
  public Word2Vec(Word2VecSettings settings, Consumer<Word2VecProgress> listener) {
    this.settings = settings;
    this.listener = listener;
  }

  /**
   * The trained word vectors and the training curve.
   *
   * @param words the words and their counts in the text
   * @param curve the progress reports, the last one at the end of training
   */
  public record Result(WordVectors vectors, WordCounts words, List<Word2VecProgress> curve) {
    /** The last report. */
    public Word2VecProgress last() {
      return curve.get(curve.size() - 1);
    }
  }

  /**
   * Trains word vectors on a text.
   *
   * @throws org.yuqiao.files.InvalidInputException when the text has fewer than two words that
   *     occur often enough
   */
  public Result train(SentenceSource source) {
    try (EncodedSentences sentences = EncodedSentences.of(source, settings.minimumCount());
        Threads threads = new Threads(settings.threads())) {
      Word2VecModel model = new Word2VecModel(sentences.words(), settings);
      Run run = new Run(model, sentences);
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < settings.threads(); i++) {
        boolean first = i == 0;
        tasks.add(() -> run.work(first));
      }
      threads.all(tasks);
      run.report();
      WordVectors vectors = model.vectors();
      requireFinite(vectors);
      return new Result(vectors, model.words, List.copyOf(run.curve));
    }
  }

  private static void requireFinite(WordVectors vectors) {
    for (int row = 0; row < vectors.size(); row++) {
      float[] vector = vectors.row(row);
      for (float value : vector) {
        if (!Float.isFinite(value)) {
          throw new InvalidInputException(
              "training diverged: the vector of '"
                  + vectors.word(row)
                  + "' is not finite; lower --alpha");
        }
      }
    }
  }

  /** The state of a training, shared by the threads. */
  private final class Run {
    private final Word2VecModel model;
    private final EncodedSentences sentences;
    private final float[] keep;
    private final HeldOutLoss heldOut;
    private final long totalWords;
    private final AtomicInteger nextPiece = new AtomicInteger();
    private final AtomicLong done = new AtomicLong();
    private final List<Word2VecProgress> curve = new ArrayList<>();
    private final long start = System.nanoTime();
    private long nextReport;

    Run(Word2VecModel model, EncodedSentences sentences) {
      this.model = model;
      this.sentences = sentences;
      this.keep = model.words.keepProbabilities(settings.sample());
      this.heldOut = new HeldOutLoss(model, settings, sentences.heldOut());
      this.totalWords = sentences.trainingWords() * settings.epochs();
    }

    boolean work(boolean reports) {
      WindowTrainer window = new WindowTrainer(model, settings);
      SplitMix random = new SplitMix(0);
      int[] kept = new int[EncodedSentences.MAX_LENGTH];
      int all = sentences.pieces() * settings.epochs();
      for (int piece = nextPiece.getAndIncrement();
          piece < all;
          piece = nextPiece.getAndIncrement()) {
        random.restart(settings.seed(), piece);
        for (int[] sentence : sentences.piece(piece % sentences.pieces())) {
          float alpha = (float) alpha(done.getAndAdd(sentence.length));
          int length = subsample(sentence, kept, random);
          for (int place = 0; place < length; place++) {
            window.train(kept, length, place, alpha, random);
          }
        }
        if (reports && done.get() >= nextReport) {
          report();
        }
      }
      return true;
    }

    private double alpha(long words) {
      return settings.alpha() * Math.max(MIN_RATE, 1 - words / (totalWords + 1.0));
    }

    private int subsample(int[] sentence, int[] kept, SplitMix random) {
      int length = 0;
      for (int word : sentence) {
        if (keep[word] >= 1 || random.unit() < keep[word]) {
          kept[length++] = word;
        }
      }
      return length;
    }

    void report() {
      double seconds = (System.nanoTime() - start) * 1e-9;
      long words = Math.min(done.get(), totalWords);
      OptionalDouble loss = heldOut.measure();
      Word2VecProgress progress =
          new Word2VecProgress(words, totalWords, seconds, alpha(words), loss);
      curve.add(progress);
      listener.accept(progress);
      nextReport = words + totalWords / REPORTS;
    }
  }
}
