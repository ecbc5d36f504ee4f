package org.yuqiao.text.normalize;

import com.github.houbb.opencc4j.util.ZhConverterUtil;

/**
 * Converts traditional Chinese to simplified with the phrase tables of OpenCC, until nothing
 * changes any more: a few simplified characters are traditional ones of others, as in 薴, 苧, 苎.
 */
public record TraditionalToSimplified() implements TextStep {
  private static final int MAX_ROUNDS = 4;

  @Override
  public String name() {
    return "traditional-to-simplified";
  }

  @Override
  public String apply(String sentence) {
    String before = sentence;
    String simple = ZhConverterUtil.toSimple(sentence);
    for (int i = 0; i < MAX_ROUNDS && !simple.equals(before); i++) {
      before = simple;
      simple = ZhConverterUtil.toSimple(simple);
    }
    return simple;
  }
}
