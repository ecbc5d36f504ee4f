package org.yuqiao.corpus.clean;

import java.util.List;
import java.util.Optional;
import org.datavec.api.transform.DataAction;
import org.datavec.api.transform.TransformProcess;
import org.datavec.api.transform.schema.Schema;
import org.datavec.api.writable.Writable;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.PairRecordReader;

/**
 * A DataVec transform process over pairs, run pair by pair so that a corpus of any size streams
 * through it, and able to say why it dropped one.
 */
public final class Cleaning {
  private final TransformProcess process;

  private Cleaning(TransformProcess process) {
    this.process = process;
  }

  /** The steps for training text; {@code heldOut} corpora are kept out of it. */
  public static Cleaning of(CorpusSettings settings, List<String> heldOut) {
    TransformProcess.Builder steps =
        new TransformProcess.Builder(schema())
            .transform(new NormalizingTransform("zh", settings.simplify()))
            .transform(new NormalizingTransform("en", settings.simplify()))
            .filter(new EmptySide())
            .filter(new LengthLimit(settings.maxCharacters()))
            .filter(new LengthRatio(settings.maxLengthRatio()));
    if (settings.dropWrongScript()) {
      steps.filter(new WrongScript());
    }
    if (settings.dropDuplicates()) {
      steps.filter(new DuplicatePair());
    }
    if (!heldOut.isEmpty()) {
      steps.filter(new HeldOutOverlap(heldOut, settings.simplify()));
    }
    return new Cleaning(steps.build());
  }

  private static Schema schema() {
    return new Schema.Builder().addColumnsString("zh", "en", "origin").build();
  }

  /** The process, for those who use DataVec directly. */
  public TransformProcess process() {
    return process;
  }

  /**
   * What became of a pair.
   *
   * @param pair after the steps; when dropped, after those before the one that dropped it
   * @param droppedBy the name of the filter that dropped it
   * @param reason why it did
   */
  public record Outcome(SentencePair pair, Optional<String> droppedBy, Optional<String> reason) {}

  /** Runs one pair through the steps. */
  public Outcome apply(SentencePair pair) {
    List<Writable> row = PairRecordReader.record(pair);
    for (DataAction action : process.getActionList()) {
      if (action.getTransform() != null) {
        row = action.getTransform().map(row);
      } else if (action.getFilter() instanceof PairFilter filter) {
        SentencePair current = pair(row);
        Optional<String> reason = filter.objection(current.chinese(), current.english());
        if (reason.isPresent()) {
          return new Outcome(current, Optional.of(filter.name()), reason);
        }
      }
    }
    return new Outcome(pair(row), Optional.empty(), Optional.empty());
  }

  private static SentencePair pair(List<Writable> row) {
    return new SentencePair(row.get(0).toString(), row.get(1).toString(), row.get(2).toString());
  }
}
