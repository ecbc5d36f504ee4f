package org.yuqiao.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yuqiao.backend.Backend;
import org.yuqiao.experiment.task.ProgressListener;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.RunFolder;
import org.yuqiao.train.Progress;
import org.yuqiao.train.Replica;
import org.yuqiao.train.TrainingStep;

/**
 * A small run made in the test's own process.
 *
 * @param said the messages to the user
 */
record FinishedRun(RunFolder folder, Evaluation.Result result, List<String> said) {
  private static final Pattern PERPLEXITY = Pattern.compile("unigram.*perplexity ([0-9.]+)");

  static FinishedRun of(ExperimentSettings settings, Path folder, Backend backend) {
    return of(settings, folder, Replica.alone(backend));
  }

  static FinishedRun of(ExperimentSettings settings, Path folder, Replica replica) {
    Told told = new Told(Long.MAX_VALUE);
    Experiment run =
        Experiment.begin(new RunStart(settings, folder, Map.of()), replica, told, told.stop);
    return new FinishedRun(new RunFolder(folder), run.run().orElseThrow(), told.said);
  }

  static void stoppedAfter(long steps, ExperimentSettings settings, Path folder, Backend backend) {
    stoppedAfter(steps, settings, folder, Replica.alone(backend));
  }

  static void stoppedAfter(long steps, ExperimentSettings settings, Path folder, Replica replica) {
    Told told = new Told(steps);
    Experiment.begin(new RunStart(settings, folder, Map.of()), replica, told, told.stop).run();
  }

  static FinishedRun resumed(Path folder, Backend backend) {
    Told told = new Told(Long.MAX_VALUE);
    Experiment run = Experiment.resume(folder, backend, told, told.stop);
    return new FinishedRun(new RunFolder(folder), run.run().orElseThrow(), told.said);
  }

  /** The reported perplexity of the unigram baseline. */
  double unigramPerplexity() {
    Matcher matcher = PERPLEXITY.matcher(String.join("\n", said));
    if (!matcher.find()) {
      throw new AssertionError("the unigram baseline is not reported: " + said);
    }
    return Double.parseDouble(matcher.group(1));
  }

  private static final class Told implements ProgressListener {
    private final List<String> said = new ArrayList<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final long last;

    Told(long last) {
      this.last = last;
    }

    @Override
    public void say(String sentence) {
      said.add(sentence);
    }

    @Override
    public void step(Progress progress, TrainingStep.Result result) {
      if (progress.step() >= last) {
        stop.set(true);
      }
    }
  }
}
