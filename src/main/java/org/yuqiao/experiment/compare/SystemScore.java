package org.yuqiao.experiment.compare;

import java.util.List;
import java.util.OptionalDouble;
import org.yuqiao.evaluate.Bootstrap;
import org.yuqiao.evaluate.BootstrapInterval;
import org.yuqiao.evaluate.Metric;
import org.yuqiao.stats.PooledVariance;
import org.yuqiao.stats.SeedStatistics;

/**
 * The score of a system by one metric.
 *
 * @param seeds the score of each run
 * @param mean over the runs
 * @param seedInterval half-width of the 95 % confidence interval over seeds, with the variance of
 *     all systems; empty for one seed
 * @param sentenceInterval 95 % confidence interval over test sentences, by bootstrap
 */
record SystemScore(
    List<Double> seeds,
    double mean,
    OptionalDouble seedInterval,
    BootstrapInterval sentenceInterval) {
  static final long BOOTSTRAP_SEED = 12345;

  static SystemScore of(CompetingSystem system, Metric metric, PooledVariance variance) {
    List<Double> seeds = system.scores(metric);
    SeedStatistics statistics = SeedStatistics.of(seeds);
    MeanOverSeeds ofSystem = MeanOverSeeds.of(metric);
    return new SystemScore(
        seeds,
        statistics.mean(),
        variance.halfWidth(statistics),
        new Bootstrap(ofSystem, Bootstrap.SAMPLES, BOOTSTRAP_SEED)
            .interval(ofSystem.counts(system)));
  }
}
