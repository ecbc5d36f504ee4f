package org.yuqiao.text.normalize;

import com.github.houbb.opencc4j.util.ZhConverterUtil;

/** Converts traditional Chinese to simplified with the phrase tables of OpenCC. */
public record TraditionalToSimplified() implements TextStep {
  @Override
  public String name() {
    return "traditional-to-simplified";
  }

  @Override
  public String apply(String sentence) {
    return ZhConverterUtil.toSimple(sentence);
  }
}
