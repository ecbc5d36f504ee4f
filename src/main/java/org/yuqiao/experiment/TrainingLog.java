package org.yuqiao.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yuqiao.backend.tensor.PeakMemory;
import org.yuqiao.experiment.task.ProgressListener;
import org.yuqiao.store.MetricsLog;
import org.yuqiao.store.ScoreNames;
import org.yuqiao.train.Progress;
import org.yuqiao.train.TrainingListener;
import org.yuqiao.train.TrainingStep;

/** Logs the figures of a training and reports validations to the user. */
final class TrainingLog implements TrainingListener {
  static final String LEARNING_RATE = "learningRate";
  static final String PEAK_MEMORY = "peakMemoryBytes";

  private static final int STEPS = 50;

  private final MetricsLog log;
  private final ProgressListener listener;
  private double loss;
  private long tokens;
  private double norm;
  private double secondsAtLast = -1;
  private int steps;

  TrainingLog(MetricsLog log, ProgressListener listener) {
    this.log = log;
    this.listener = listener;
  }

  @Override
  public void onStep(Progress progress, TrainingStep.Result result) {
    listener.step(progress, result);
    loss += result.negativeLogLikelihood() * result.targetTokens();
    tokens += result.targetTokens();
    norm += result.gradientNorm();
    steps++;
    if (progress.step() % STEPS != 0) {
      return;
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("seconds", progress.seconds());
    figures.put("loss", loss / tokens);
    figures.put(LEARNING_RATE, result.rate());
    figures.put("gradientNorm", norm / steps);
    if (secondsAtLast >= 0) {
      figures.put(
          "targetTokensPerSecond", tokens / Math.max(1e-9, progress.seconds() - secondsAtLast));
    }
    log.add("train", progress.step(), figures);
    secondsAtLast = progress.seconds();
    loss = 0;
    tokens = 0;
    norm = 0;
    steps = 0;
  }

  @Override
  public void onValidation(Progress progress) {
    List<Progress.Validation> all = progress.validations();
    Progress.Validation last = all.get(all.size() - 1);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("seconds", last.seconds());
    figures.put("loss", last.loss());
    figures.put("perplexity", last.perplexity());
    figures.putAll(last.scores());
    figures.put(PEAK_MEMORY, (double) PeakMemory.bytes());
    log.add("validation", last.step(), figures);
    StringBuilder scores = new StringBuilder();
    last.scores()
        .forEach(
            (name, score) ->
                scores.append(String.format(Locale.ROOT, ", %s %.2f", ScoreNames.of(name), score)));
    listener.say(
        String.format(
            Locale.ROOT,
            "step %d, %.1f minutes, epoch %d: validation perplexity %.2f%s",
            last.step(),
            last.seconds() / 60,
            progress.epoch() + 1,
            last.perplexity(),
            scores));
  }
}
