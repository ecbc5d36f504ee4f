package org.yuqiao.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
  @Test
  void noamRisesToItsPeakAtTheEndOfWarmupAndFallsWithTheRoot() {
    LearningRateSchedule noam = new LearningRateSchedule.Noam(2, 512, 4000);
    // 2 * 512^-0.5 * 4000^-0.5
    assertEquals(1.39754e-3, noam.rate(4000), 1e-8);
    assertEquals(1.39754e-3 / 4000, noam.rate(1), 1e-11);
    assertEquals(1.39754e-3 / 2, noam.rate(16000), 1e-8);
  }

  @Test
  void constantStaysAfterWarmup() {
    LearningRateSchedule constant = new LearningRateSchedule.Constant(0.1, 10);
    assertEquals(0.05, constant.rate(5), 1e-12);
    assertEquals(0.1, constant.rate(1000), 1e-12);
  }

  @Test
  void inverseRootHalvesWhenTheStepsAreFourfold() {
    LearningRateSchedule schedule = new LearningRateSchedule.InverseRoot(0.1, 100);
    assertEquals(0.05, schedule.rate(50), 1e-12);
    assertEquals(0.1, schedule.rate(100), 1e-12);
    assertEquals(0.05, schedule.rate(400), 1e-12);
  }

  @Test
  void cosineIsHalfwayDownInTheMiddleAndZeroAtItsEnd() {
    LearningRateSchedule cosine = new LearningRateSchedule.Cosine(0.1, 100, 1100);
    assertEquals(0.1, cosine.rate(100), 1e-12);
    assertEquals(0.05, cosine.rate(600), 1e-12);
    assertEquals(0, cosine.rate(1100), 1e-12);
    assertEquals(0, cosine.rate(5000), 1e-12);
  }
}
