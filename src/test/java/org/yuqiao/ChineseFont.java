package org.yuqiao;

import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.plot.LabelFont;

/** An installed font for Chinese, for tests that are skipped where there is none. */
public final class ChineseFont {
  private ChineseFont() {}

  /** The test is skipped when no installed font can show Chinese. */
  public static void require() {
    try {
      LabelFont.installed(List.of("你好"), 12);
    } catch (InvalidInputException e) {
      Assumptions.abort("skipped: " + e.getMessage());
    }
  }
}
