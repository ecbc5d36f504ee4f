package org.yuqiao.corpus.clean;

import java.util.List;
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
    public static Outcome kept(SentencePair pair) {
      return new Outcome(pair, "", "");
    }

    /** The result for a pair that occurred before. */
    public static Outcome duplicate(SentencePair pair) {
      return OverlapFilters.DuplicatePair.repeated(pair);
    }

    /** Whether all steps keep the pair. */
    public boolean kept() {
      return droppedBy.isEmpty();
    }
  }

  /** The steps for training text without the sentences of {@code heldOut} corpora. */
  public static Cleaning of(CorpusSettings settings, List<String> heldOut) {
    TransformProcess.Builder steps = textSteps(settings);
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

  /**
   * The first steps of {@link #of}, which judge a pair by its own text alone: they may run on
   * several machines.
   */
  public static Cleaning ofText(CorpusSettings settings) {
    return new Cleaning(textSteps(settings).build());
  }

  private static TransformProcess.Builder textSteps(CorpusSettings settings) {
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
    return steps;
  }

  /** The cleaning of a process in DataVec's JSON. */
  public static Cleaning fromJson(String json) {
    return new Cleaning(TransformProcess.fromJson(json));
  }

  /** The process in DataVec's JSON. */
  public String toJson() {
    return process.toJson();
  }

  /** The process, to be run by DataVec. */
  TransformProcess process() {
    return process;
  }

  /** Applies the steps to a pair, up to the one that drops it. */
  public Outcome apply(SentencePair pair) {
    Outcome outcome = Outcome.kept(pair);
    for (CleaningStep step : steps) {
      outcome = step.apply(outcome.pair());
      if (!outcome.kept()) {
        break;
      }
    }
    return outcome;
  }
}
