package org.yuqiao.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextCurveTest {
  @Test
  void theGreatestValueIsOnTopAndTheFirstStepAtTheLeft() {
    List<String> lines = new TextCurve(List.of(100L, 200L, 300L), List.of(1.0, 3.0, 2.0)).lines();
    assertTrue(lines.get(0).startsWith("     3.00 |"), lines.get(0));
    assertEquals(11 + 29, lines.get(0).indexOf('*'));
    assertTrue(lines.get(11).startsWith("     1.00 |*"), lines.get(11));
    assertEquals(11 + 59, lines.get(6).indexOf('*'), String.join("\n", lines));
    assertTrue(lines.get(13).strip().matches("100 +300 steps"), lines.get(13));
  }

  @Test
  void aSingleValueIsAPoint() {
    List<String> lines = new TextCurve(List.of(50L), List.of(7.5)).lines();
    assertTrue(lines.get(11).startsWith("     7.50 |*"), lines.get(11));
    assertEquals("50 steps", lines.get(13).strip());
  }
}
