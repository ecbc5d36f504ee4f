package org.yuqiao.experiment.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.yuqiao.stats.HolmCorrection;

/** Against SciPy 1.17 (ttest_ind with equal_var=False, t.ppf) and R's p.adjust. */
class ChanceTest {
  private static final List<Double> FIRST = List.of(24.1, 23.5, 25.0);
  private static final List<Double> SECOND = List.of(22.0, 22.9, 21.7);

  @Test
  void theIntervalOverSeedsIsStudents() {
    assertEquals(24.2, SeedScores.mean(FIRST), 1e-12);
    assertEquals(1.8754828438127324, SeedScores.halfWidth(FIRST).getAsDouble(), 1e-9);
    assertEquals(1.5513435037626775, SeedScores.halfWidth(SECOND).getAsDouble(), 1e-9);
    assertTrue(SeedScores.halfWidth(List.of(24.1)).isEmpty());
  }

  @Test
  void theTestOverSeedsIsWelchs() {
    assertEquals(0.02552367386472476, SeedScores.pValue(FIRST, SECOND).getAsDouble(), 1e-9);
    assertEquals(
        0.10753119493062728,
        SeedScores.pValue(List.of(1., 2., 3., 4., 5.), List.of(2., 4., 6., 8., 10.)).getAsDouble(),
        1e-9);
    assertTrue(SeedScores.pValue(FIRST, List.of(22.0)).isEmpty());
    assertEquals(1, SeedScores.pValue(List.of(0., 0.), List.of(0., 0.)).getAsDouble());
  }

  @Test
  void severalTestsAreCorrectedAsHolmSays() {
    List<Double> adjusted = HolmCorrection.adjust(List.of(0.01, 0.04, 0.03, 0.005));
    // 3 * 0.01, then 2 * 0.03 and not less than it for 0.04, and 4 * 0.005.
    assertEquals(List.of(0.03, 0.06, 0.06, 0.02), adjusted);
    assertEquals(List.of(1.0, 1.0), HolmCorrection.adjust(List.of(0.6, 0.9)));
  }
}
