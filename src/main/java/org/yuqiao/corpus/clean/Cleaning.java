package org.yuqiao.corpus.clean;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.datavec.api.transform.DataAction;
import org.datavec.api.transform.TransformProcess;
import org.datavec.api.transform.schema.Schema;
import org.yuqiao.corpus.pair.SentencePair;

/**
 * A DataVec transform process of named steps, applied to pairs one by one, with the reason for each
 * dropped pair. The steps work on {@link SentencePair} directly; {@link #process} carries them as
 * JSON to wherever DataVec runs them.
 */
public final class Cleaning {
  private final TransformProcess process;
  private final List<CleaningStep> steps;
  private final Map<String, Long> dropped = new LinkedHashMap<>();

  /**
   * Cleans as {@code process} does.
   *
   * @throws IllegalArgumentException when it has other steps than those of this package
   */
  public Cleaning(TransformProcess process) {
    this.process = process;
    this.steps = process.getActionList().stream().map(Cleaning::step).toList();
  }

  private static CleaningStep step(DataAction action) {
    Object step = action.getTransform() == null ? action.getFilter() : action.getTransform();
    if (step instanceof CleaningStep cleaning) {
      return cleaning;
    }
    throw new IllegalArgumentException(action + " is not a step of cleaning");
  }

  /**
   * The result for a pair.
   *
   * @param pair after the steps; of a dropped pair, after those before the one that dropped it
   * @param droppedBy the name of the step that dropped it; empty for a kept pair
   * @param reason why it was dropped; empty for a kept pair
   */
  public record Outcome(SentencePair pair, String droppedBy, String reason) {
    /** The result for a kept pair. */
    static Outcome kept(SentencePair pair) {
      return new Outcome(pair, "", "");
    }

    /** Whether all steps keep the pair. */
    boolean kept() {
      return droppedBy.isEmpty();
    }
  }

  /** The steps for training text without the sentences of {@code heldOut} corpora. */
  public static Cleaning of(CorpusSettings settings, List<String> heldOut) {
    TransformProcess.Builder steps =
        new TransformProcess.Builder(
                new Schema.Builder().addColumnsString("zh", "en", "origin").build())
            .transform(new NormalizingTransform("zh", settings.simplify()))
            .transform(new NormalizingTransform("en", settings.simplify()))
            .filter(new TextFilters.EmptySide())
            .filter(new TextFilters.LengthLimit(settings.maxCharacters()))
            .filter(new TextFilters.LengthRatio(settings.maxLengthRatio()));
    if (settings.dropWrongScript()) {
      steps.filter(new TextFilters.WrongScript());
    }
    if (settings.dropDuplicates()) {
      steps.filter(new OverlapFilters.DuplicatePair());
    }
    if (!heldOut.isEmpty()) {
      steps.filter(new OverlapFilters.HeldOutOverlap(heldOut, settings.simplify()));
    }
    if (settings.nearDuplicates() > 0) {
      steps.filter(new NearDuplicate(settings.nearDuplicates(), heldOut, settings.simplify()));
    }
    return new Cleaning(steps.build());
  }

  /** The process, to be run by DataVec or sent elsewhere as JSON. */
  TransformProcess process() {
    return process;
  }

  /** Applies the steps to a pair, up to the one that drops it. */
  public Outcome apply(SentencePair pair) {
    Outcome outcome = Outcome.kept(pair);
    for (CleaningStep step : steps) {
      outcome = step.apply(outcome.pair());
      if (!outcome.kept()) {
        dropped.merge(step.name(), 1L, Long::sum);
        break;
      }
    }
    return outcome;
  }

  /** The number of pairs dropped so far by each step that dropped any. */
  Map<String, Long> dropped() {
    return dropped;
  }

  /** The number of pairs dropped so far. */
  long droppedPairs() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }
}
