package org.yuqiao.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
  @Test
  void noamRisesToItsPeakAtTheEndOfWarmupAndFallsWithTheRoot() {
    LearningRateSchedule noam = new LearningRateSchedule.Noam(2, 512, 4000);
    // 2 * 512^-0.5 * 4000^-0.5
    assertEquals(1.39754e-3, noam.rate(4000, 0), 1e-8);
    assertEquals(1.39754e-3 / 4000, noam.rate(1, 0), 1e-11);
    assertEquals(1.39754e-3 / 2, noam.rate(16000, 0), 1e-8);
  }

  @Test
  void constantStaysAfterWarmup() {
    LearningRateSchedule constant = new LearningRateSchedule.Constant(0.1, 10);
    assertEquals(0.05, constant.rate(5, 0), 1e-12);
    assertEquals(0.1, constant.rate(1000, 0), 1e-12);
  }

  @Test
  void inverseRootHalvesWhenTheStepsAreFourfold() {
    LearningRateSchedule schedule = new LearningRateSchedule.InverseRoot(0.1, 100);
    assertEquals(0.05, schedule.rate(50, 0), 1e-12);
    assertEquals(0.1, schedule.rate(100, 0), 1e-12);
    assertEquals(0.05, schedule.rate(400, 0), 1e-12);
  }

  @Test
  void cosineIsHalfwayDownInTheMiddleAndZeroAtItsEnd() {
    LearningRateSchedule cosine =
        new LearningRateSchedule.BySteps(0.1, 100, 1100, new LearningRateSchedule.Decay.Cosine());
    assertEquals(0.1, cosine.rate(100, 0), 1e-12);
    assertEquals(0.05, cosine.rate(600, 0), 1e-12);
    assertEquals(0, cosine.rate(1100, 0), 1e-12);
    assertEquals(0, cosine.rate(5000, 0), 1e-12);
  }

  @Test
  void cosineByBudgetRisesForItsRatioAndIsZeroWhenTheBudgetIsSpent() {
    LearningRateSchedule cosine =
        new LearningRateSchedule.ByBudget(0.1, 0, 0.1, new LearningRateSchedule.Decay.Cosine());
    assertEquals(0.05, cosine.rate(7, 0.05), 1e-12);
    assertEquals(0.1, cosine.rate(7, 0.1), 1e-12);
    // 0.1 * (1 + cos(pi * 0.25 / 0.9)) / 2
    assertEquals(0.0821394, cosine.rate(7, 0.35), 1e-7);
    assertEquals(0.05, cosine.rate(7, 0.55), 1e-12);
    assertEquals(0, cosine.rate(7, 1), 1e-12);
  }

  @Test
  void warmupByStepsComesBeforeAScheduleByBudget() {
    LearningRateSchedule linear =
        new LearningRateSchedule.ByBudget(0.1, 10, 0.5, new LearningRateSchedule.Decay.Linear());
    assertEquals(0.1 * 0.5 * 0.75, linear.rate(5, 0.25), 1e-12);
    assertEquals(0.1 * 0.75, linear.rate(10, 0.25), 1e-12);
  }

  @Test
  void warmupStableDecayKeepsItsPeakUntilTheLastShareAndFallsWithOneMinusTheRoot() {
    LearningRateSchedule stable =
        new LearningRateSchedule.ByBudget(0.1, 0, 0, new LearningRateSchedule.Decay.Stable(0.2));
    assertEquals(0.1, stable.rate(1, 0), 1e-12);
    assertEquals(0.1, stable.rate(1, 0.8), 1e-12);
    assertEquals(0.05, stable.rate(1, 0.85), 1e-12);
    assertEquals(0, stable.rate(1, 1), 1e-12);
  }

  @Test
  void theBudgetIsSpentByWhateverIsNearestItsLimit() {
    TrainingSettings settings = TrainingSettings.builder().minutes(2).epochs(4).steps(100).build();
    Progress early = new Progress(10, 0, 3, 6, 0, 0, List.of());
    assertEquals(0.1, settings.spent(early, 0.3), 1e-12);
    Progress slow = new Progress(10, 0, 3, 60, 0, 0, List.of());
    assertEquals(0.5, settings.spent(slow, 0.3), 1e-12);
    Progress thirdEpoch = new Progress(10, 2, 5, 6, 0, 0, List.of());
    assertEquals(0.625, settings.spent(thirdEpoch, 0.5), 1e-12);
    Progress late = new Progress(120, 0, 3, 6, 0, 0, List.of());
    assertEquals(1, settings.spent(late, 0.3), 1e-12);
  }
}
