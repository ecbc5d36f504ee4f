package org.yuqiao.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.yuqiao.stats.SeedStatistics.Verdict;

/** Against SciPy 1.17 (ttest_ind with equal_var=False, t.ppf) and R's p.adjust. */
class SeedStatisticsTest {
  private static final List<Double> FIRST = List.of(24.1, 23.5, 25.0);
  private static final List<Double> SECOND = List.of(22.0, 22.9, 21.7);

  @Test
  void theIntervalOverSeedsIsStudents() {
    assertEquals(24.2, SeedStatistics.of(FIRST).mean(), 1e-12);
    assertEquals(1.8754828438127324, SeedStatistics.of(FIRST).halfWidth().getAsDouble(), 1e-9);
    assertEquals(1.5513435037626775, SeedStatistics.of(SECOND).halfWidth().getAsDouble(), 1e-9);
    assertTrue(SeedStatistics.of(List.of(24.1)).halfWidth().isEmpty());
  }

  @Test
  void theTestOverSeedsIsWelchs() {
    assertEquals(
        0.02552367386472476,
        SeedStatistics.of(FIRST).pValue(SeedStatistics.of(SECOND)).getAsDouble(),
        1e-9);
    assertEquals(
        0.10753119493062728,
        SeedStatistics.of(List.of(1., 2., 3., 4., 5.))
            .pValue(SeedStatistics.of(List.of(2., 4., 6., 8., 10.)))
            .getAsDouble(),
        1e-9);
    assertTrue(SeedStatistics.of(FIRST).pValue(SeedStatistics.of(List.of(22.0))).isEmpty());
    assertEquals(
        1,
        SeedStatistics.of(List.of(0., 0.))
            .pValue(SeedStatistics.of(List.of(0., 0.)))
            .getAsDouble());
  }

  @Test
  void severalTestsAreCorrectedAsHolmSays() {
    List<Double> adjusted = HolmCorrection.adjust(List.of(0.01, 0.04, 0.03, 0.005));
    // 3 * 0.01, then 2 * 0.03 and not less than it for 0.04, and 4 * 0.005.
    assertEquals(List.of(0.03, 0.06, 0.06, 0.02), adjusted);
    assertEquals(List.of(1.0, 1.0), HolmCorrection.adjust(List.of(0.6, 0.9)));
  }

  @Test
  void meanAndDeviationAreThoseOfASample() {
    SeedStatistics statistics = SeedStatistics.of(List.of(2.0, 4.0, 9.0));
    assertEquals(5, statistics.mean(), 1e-12);
    assertEquals(Math.sqrt(13), statistics.deviation().getAsDouble(), 1e-12);
    assertEquals("50.0 ± 36.1", statistics.text(10, 1));
    assertEquals("50.0", SeedStatistics.of(List.of(5.0)).text(10, 1));
  }

  /** With 4 degrees of freedom, t = 2 / sqrt(2/3) = 2.45 is below 2.776, 3.67 above. */
  @Test
  void aDifferenceCountsWhenItIsLargerThanTheSeedsExplain() {
    SeedStatistics low = SeedStatistics.of(List.of(1.0, 2.0, 3.0));
    SeedStatistics high = SeedStatistics.of(List.of(4.0, 5.0, 6.0));
    assertEquals(Verdict.NOISE, low.against(SeedStatistics.of(List.of(3.0, 4.0, 5.0))));
    assertEquals(Verdict.LESS, low.against(high));
    assertEquals(Verdict.GREATER, high.against(low));
    assertEquals(Verdict.UNKNOWN, low.against(SeedStatistics.of(List.of(9.0))));
  }
}
