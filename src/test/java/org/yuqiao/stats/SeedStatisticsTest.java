package org.yuqiao.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.yuqiao.stats.SeedStatistics.Verdict;

/** Against SciPy 1.17 (ttest_ind, t.ppf, t.sf) and R's p.adjust. */
class SeedStatisticsTest {
  private static final List<Double> FIRST = List.of(24.1, 23.5, 25.0);
  private static final List<Double> SECOND = List.of(22.0, 22.9, 21.7);

  @Test
  void theIntervalOverSeedsIsStudents() {
    SeedStatistics first = SeedStatistics.of(FIRST);
    SeedStatistics second = SeedStatistics.of(SECOND);
    SeedStatistics single = SeedStatistics.of(List.of(24.1));
    assertEquals(24.2, first.mean(), 1e-12);
    PooledVariance own = PooledVariance.of(List.of(first, single));
    assertEquals(1.8754828438127324, own.halfWidth(first).getAsDouble(), 1e-9);
    assertTrue(own.halfWidth(single).isEmpty());
    PooledVariance ofTwo = PooledVariance.of(List.of(first, second));
    assertEquals(1.1105780420791174, ofTwo.halfWidth(first).getAsDouble(), 1e-9);
    assertEquals(1.1105780420791174, ofTwo.halfWidth(second).getAsDouble(), 1e-9);
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
  void severalSystemsShareTheVarianceOfAllTheirSeeds() {
    SeedStatistics first = SeedStatistics.of(FIRST);
    SeedStatistics second = SeedStatistics.of(SECOND);
    SeedStatistics third = SeedStatistics.of(List.of(30.0, 31.5));
    SeedStatistics single = SeedStatistics.of(List.of(40.0));
    PooledVariance ofTwo = PooledVariance.of(List.of(first, second));
    assertEquals(0.02411011055139087, ofTwo.pValue(first, second).getAsDouble(), 1e-9);
    PooledVariance all = PooledVariance.of(List.of(first, second, third, single));
    assertEquals(0.025700394855195468, all.pValue(first, second).getAsDouble(), 1e-9);
    assertEquals(0.0002553653529555968, all.pValue(third, first).getAsDouble(), 1e-9);
    assertTrue(all.pValue(first, single).isEmpty());
    SeedStatistics same = SeedStatistics.of(List.of(1.0, 1.0));
    PooledVariance none = PooledVariance.of(List.of(same));
    assertEquals(1, none.pValue(same, same).getAsDouble());
    assertEquals(0, none.pValue(same, SeedStatistics.of(List.of(2.0, 2.0))).getAsDouble());
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
