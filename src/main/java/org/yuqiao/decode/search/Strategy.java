package org.yuqiao.decode.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.yuqiao.decode.logits.ForcedPrefix;
import org.yuqiao.decode.logits.LengthLimits;
import org.yuqiao.decode.logits.LogitsProcessor;
import org.yuqiao.decode.logits.NoRepeatNgram;
import org.yuqiao.decode.logits.PlaceholderTokens;
import org.yuqiao.decode.logits.RepetitionPenalty;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Ranking;
import org.yuqiao.decode.step.StepOutputs;

/** A decoding strategy: makes a {@link Search} for each sentence. */
public abstract class Strategy {
  /** Tokens that a translation may have beyond {@code maxLengthRatio}. */
  private static final int EXTRA_LENGTH = 10;

  final DecodingSettings settings;

  Strategy(DecodingSettings settings) {
    this.settings = settings;
  }

  /**
   * The best translation only, without scores where the search needs none: greedy search for a beam
   * of 1, beam search otherwise.
   */
  public static Strategy withoutScores(DecodingSettings settings) {
    boolean needsScores = !isGreedy(settings) || settings.repetitionPenalty() != 1;
    return needsScores ? withScores(settings, 1) : new Greedy(settings, false);
  }

  /**
   * Greedy search for a beam of 1, beam search otherwise; results have scores.
   *
   * @param count translations of each sentence, at most the beam
   */
  public static Strategy withScores(DecodingSettings settings, int count) {
    return isGreedy(settings)
        ? new Greedy(settings, true)
        : new Beam(settings, count, BeamObserver.NONE);
  }

  private static boolean isGreedy(DecodingSettings settings) {
    return settings.beamSize() == 1 && settings.coveragePenalty() == 0;
  }

  /** Beam search, also with a beam of 1, that reports each extension to {@code observer}. */
  public static Strategy observed(DecodingSettings settings, BeamObserver observer) {
    return new Beam(settings, 1, observer);
  }

  /** Sampling of {@code count} translations of each sentence. */
  public static Strategy sampling(DecodingSettings settings, Sampling sampling, int count) {
    return new Sampled(settings, sampling, count);
  }

  /**
   * The same strategy when no n-gram of {@code size} may occur twice; empty where an n-gram is
   * forbidden already.
   */
  public final Optional<Strategy> withoutRepetition(int size) {
    return settings.noRepeatNgramSize() > 0
        ? Optional.empty()
        : Optional.of(with(settings.toBuilder().noRepeatNgramSize(size).build()));
  }

  abstract Strategy with(DecodingSettings settings);

  /** The maximum number of rows of one sentence. */
  public abstract int rows();

  /** The model outputs that the search reads. */
  public StepOutputs outputs() {
    return new StepOutputs(true, false);
  }

  /**
   * The search for a translation of {@code source} that begins with {@code prefix}.
   *
   * @param positions the maximum number of tokens of a row, {@code <bos>} included
   */
  public final Search begin(int[] source, int[] prefix, int positions) {
    return begin(source, prefix, PlaceholderTokens.NONE, positions);
  }

  /** The same search with placeholders. */
  public final Search begin(
      int[] source, int[] prefix, PlaceholderTokens placeholders, int positions) {
    // A double is cast to the nearest int, however large it is.
    int max = (int) (Math.ceil(settings.maxLengthRatio() * source.length) + EXTRA_LENGTH);
    int maxLength = Math.min(positions - 1, Math.max(max, prefix.length + placeholders.required()));
    int min = (int) Math.ceil(settings.minLengthRatio() * source.length);
    int minLength = Math.min(maxLength, Math.max(1, min));
    return search(source, prefix, placeholders, minLength, maxLength);
  }

  /**
   * The same search, followed by {@code listener}.
   *
   * @throws IllegalArgumentException for a strategy without scores
   */
  public final Search begin(
      int[] source,
      int[] prefix,
      PlaceholderTokens placeholders,
      int positions,
      SearchListener listener) {
    if (listener == SearchListener.NONE) {
      return begin(source, prefix, placeholders, positions);
    }
    if (!outputs().probabilities()) {
      throw new IllegalArgumentException("a search without scores has none to report");
    }
    BestPrefix best = new BestPrefix();
    return new ListenedSearch(
        observedBy(best).begin(source, prefix, placeholders, positions), best, listener);
  }

  /** The same strategy that reports each extension, where it extends a beam. */
  abstract Strategy observedBy(BeamObserver observer);

  /**
   * The search for a text that begins with {@code prompt}.
   *
   * @param maxLength the maximum number of tokens of the text, its prompt included
   */
  public final Search beginText(int[] prompt, int maxLength) {
    return search(prompt, prompt, PlaceholderTokens.NONE, 1, maxLength);
  }

  private Search search(
      int[] source, int[] prefix, PlaceholderTokens placeholders, int minLength, int maxLength) {
    List<LogitsProcessor> processors = new ArrayList<>();
    if (settings.noRepeatNgramSize() > 0) {
      processors.add(new NoRepeatNgram(settings.noRepeatNgramSize()));
    }
    if (settings.repetitionPenalty() != 1) {
      processors.add(new RepetitionPenalty(settings.repetitionPenalty()));
    }
    processors.add(LogitsProcessor.onlyText(settings.replaceUnknowns()));
    processors.add(new LengthLimits(minLength, maxLength));
    if (placeholders.tokens().length > 0) {
      processors.add(placeholders.processor(maxLength));
    }
    int[] forced = Arrays.copyOf(prefix, Math.min(prefix.length, maxLength));
    return search(source, maxLength, new ForcedPrefix(forced, LogitsProcessor.all(processors)));
  }

  /**
   * The search with {@code processor}.
   *
   * @param maxLength the maximum number of tokens, which the processor enforces
   */
  abstract Search search(int[] source, int maxLength, LogitsProcessor processor);

  /** Ranks finished hypotheses. */
  final Ranking ranking() {
    return settings.ranking();
  }

  private static final class Greedy extends Strategy {
    private final boolean needsScores;

    Greedy(DecodingSettings settings, boolean needsScores) {
      super(settings);
      this.needsScores = needsScores;
    }

    @Override
    Strategy with(DecodingSettings settings) {
      return new Greedy(settings, needsScores);
    }

    @Override
    Strategy observedBy(BeamObserver observer) {
      return new Beam(settings, 1, observer);
    }

    @Override
    public int rows() {
      return 1;
    }

    @Override
    public StepOutputs outputs() {
      return new StepOutputs(needsScores, false);
    }

    @Override
    Search search(int[] source, int maxLength, LogitsProcessor processor) {
      return new GreedySearch(processor, needsScores ? Optional.of(ranking()) : Optional.empty());
    }
  }

  private static final class Beam extends Strategy {
    private final int count;
    private final BeamObserver observer;

    Beam(DecodingSettings settings, int count, BeamObserver observer) {
      super(settings);
      this.count = count;
      this.observer = observer;
    }

    @Override
    Strategy with(DecodingSettings settings) {
      return new Beam(settings, count, observer);
    }

    @Override
    Strategy observedBy(BeamObserver other) {
      return new Beam(settings, count, other);
    }

    @Override
    public int rows() {
      return settings.beamSize();
    }

    @Override
    public StepOutputs outputs() {
      return new StepOutputs(true, settings.coveragePenalty() > 0);
    }

    @Override
    Search search(int[] source, int maxLength, LogitsProcessor processor) {
      BeamSearch.Settings own =
          new BeamSearch.Settings(
              settings.beamSize(), count, maxLength, source.length + 1, settings.earlyStopping());
      return new BeamSearch(own, processor, ranking(), observer);
    }
  }

  private static final class Sampled extends Strategy {
    private final Sampling sampling;
    private final int count;

    Sampled(DecodingSettings settings, Sampling sampling, int count) {
      super(settings);
      this.sampling = sampling;
      this.count = count;
    }

    @Override
    Strategy with(DecodingSettings settings) {
      return new Sampled(settings, sampling, count);
    }

    @Override
    Strategy observedBy(BeamObserver observer) {
      return this;
    }

    @Override
    public int rows() {
      return count;
    }

    @Override
    Search search(int[] source, int maxLength, LogitsProcessor processor) {
      return new SamplingSearch(sampling, count, sampling.random(source), processor, ranking());
    }
  }
}
