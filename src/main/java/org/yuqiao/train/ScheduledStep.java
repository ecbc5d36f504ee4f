package org.yuqiao.train;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.yuqiao.corpus.batch.BatchSource;
import org.yuqiao.corpus.batch.Prefetch;
import org.yuqiao.corpus.pair.Example;

/**
 * The batches of one step.
 *
 * @param epochDone the share of the epoch before them, from 0 to 1
 */
record ScheduledStep(StepBatches batches, double epochDone) {
  private static final int AHEAD = 4;

  /** The steps of the present epoch from the present batch on, read in the background. */
  static Prefetch<ScheduledStep> from(
      Progress progress, BatchSource source, int gradientAccumulation) {
    Iterator<BatchSource.Scheduled> batches = source.epoch(progress.epoch(), progress.batch());
    Iterator<ScheduledStep> steps =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return batches.hasNext();
          }

          @Override
          public ScheduledStep next() {
            BatchSource.Scheduled first = batches.next();
            List<List<Example>> group = new ArrayList<>(List.of(first.pairs()));
            while (group.size() < gradientAccumulation && batches.hasNext()) {
              group.add(batches.next().pairs());
            }
            return new ScheduledStep(new StepBatches(group), first.epochDone());
          }
        };
    return new Prefetch<>(steps, AHEAD);
  }
}
