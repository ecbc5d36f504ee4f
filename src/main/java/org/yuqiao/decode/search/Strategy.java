package org.yuqiao.decode.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.yuqiao.decode.logits.ForcedPrefix;
import org.yuqiao.decode.logits.LengthLimits;
import org.yuqiao.decode.logits.LogitsProcessor;
import org.yuqiao.decode.logits.NoRepeatNgram;
import org.yuqiao.decode.logits.RepetitionPenalty;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Ranking;
import org.yuqiao.decode.step.StepOutputs;

/** How the next token is chosen: makes a {@link Search} for each sentence. */
public abstract class Strategy {
  private final DecodingSettings settings;

  Strategy(DecodingSettings settings) {
    this.settings = settings;
  }

  /**
   * Greedy search for a beam of 1, beam search otherwise. Nobody will ask for probabilities: where
   * the search can do without them, translations found have none.
   */
  public static Strategy of(DecodingSettings settings) {
    boolean words = isGreedy(settings) && settings.repetitionPenalty() == 1;
    return words ? new Greedy(settings, true) : of(settings, 1);
  }

  private static boolean isGreedy(DecodingSettings settings) {
    return settings.beamSize() == 1 && settings.coveragePenalty() == 0;
  }

  /**
   * The same, finding several translations and how probable they are.
   *
   * @param wanted how many; at most the beam
   */
  public static Strategy of(DecodingSettings settings, int wanted) {
    return isGreedy(settings)
        ? new Greedy(settings, false)
        : new Beam(settings, wanted, BeamObserver.NONE);
  }

  /** Beam search, of one hypothesis too, that tells {@code observer} what it tries. */
  public static Strategy observed(DecodingSettings settings, BeamObserver observer) {
    return new Beam(settings, 1, observer);
  }

  /** Draws {@code wanted} translations of each sentence at random. */
  public static Strategy sampling(DecodingSettings settings, Sampling sampling, int wanted) {
    return new Drawn(settings, sampling, wanted);
  }

  /** The most rows that one sentence takes. */
  public abstract int rows();

  /** What the search asks the model. */
  public StepOutputs questions() {
    return new StepOutputs(true, false);
  }

  /**
   * The search for a translation of {@code source} that begins with {@code prefix}.
   *
   * @param positions the most tokens a row may have, {@code <bos>} being one
   */
  public final Search begin(int[] source, int[] prefix, int positions) {
    int longest = positions - 1;
    int most = (int) Math.ceil(settings.maxLengthRatio() * source.length) + 10;
    int maximum = Math.min(longest, Math.max(most, prefix.length));
    int least = (int) Math.ceil(settings.minLengthRatio() * source.length);
    int minimum = Math.min(maximum, Math.max(1, least));
    return search(source, prefix, minimum, maximum);
  }

  /**
   * The search for a text that begins with {@code prompt}.
   *
   * @param maximum the most tokens of the text, the prompt's among them
   */
  public final Search goOn(int[] prompt, int maximum) {
    return search(prompt, prompt, 1, maximum);
  }

  private Search search(int[] source, int[] prefix, int minimum, int maximum) {
    List<LogitsProcessor> constraints = new ArrayList<>();
    if (settings.noRepeatNgramSize() > 0) {
      constraints.add(new NoRepeatNgram(settings.noRepeatNgramSize()));
    }
    if (settings.repetitionPenalty() != 1) {
      constraints.add(new RepetitionPenalty(settings.repetitionPenalty()));
    }
    constraints.add(LogitsProcessor.onlyText(settings.replaceUnknowns()));
    constraints.add(new LengthLimits(minimum, maximum));
    int[] forced = Arrays.copyOf(prefix, Math.min(prefix.length, maximum));
    LogitsProcessor constraint = new ForcedPrefix(forced, LogitsProcessor.all(constraints));
    return search(source, maximum, constraint);
  }

  /**
   * The search under {@code constraint}.
   *
   * @param maximum the most tokens of a translation, which the constraint enforces
   */
  abstract Search search(int[] source, int maximum, LogitsProcessor constraint);

  /** What finished translations are ranked by. */
  final Ranking ranking() {
    return settings.ranking();
  }

  private static final class Greedy extends Strategy {
    private final boolean words;

    /** A search for words alone, or for how probable they are too. */
    Greedy(DecodingSettings settings, boolean words) {
      super(settings);
      this.words = words;
    }

    @Override
    public int rows() {
      return 1;
    }

    @Override
    public StepOutputs questions() {
      return new StepOutputs(!words, false);
    }

    @Override
    Search search(int[] source, int maximum, LogitsProcessor constraint) {
      return new GreedySearch(constraint, words ? Optional.empty() : Optional.of(ranking()));
    }
  }

  private static final class Beam extends Strategy {
    private final DecodingSettings settings;
    private final int wanted;
    private final BeamObserver observer;

    Beam(DecodingSettings settings, int wanted, BeamObserver observer) {
      super(settings);
      this.settings = settings;
      this.wanted = wanted;
      this.observer = observer;
    }

    @Override
    public int rows() {
      return settings.beamSize();
    }

    @Override
    public StepOutputs questions() {
      return new StepOutputs(true, settings.coveragePenalty() > 0);
    }

    @Override
    Search search(int[] source, int maximum, LogitsProcessor constraint) {
      BeamSearch.Settings own =
          new BeamSearch.Settings(settings.beamSize(), wanted, maximum, source.length + 1);
      return new BeamSearch(own, constraint, ranking(), observer);
    }
  }

  private static final class Drawn extends Strategy {
    private final Sampling sampling;
    private final int wanted;

    Drawn(DecodingSettings settings, Sampling sampling, int wanted) {
      super(settings);
      this.sampling = sampling;
      this.wanted = wanted;
    }

    @Override
    public int rows() {
      return wanted;
    }

    @Override
    Search search(int[] source, int maximum, LogitsProcessor constraint) {
      return new SamplingSearch(sampling, wanted, sampling.random(source), constraint, ranking());
    }
  }
}
