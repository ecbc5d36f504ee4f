package org.yuqiao.text;

import java.util.Locale;
import org.yuqiao.files.InvalidInputException;

/** The languages of the corpora and models. */
public enum Language {
  /** Chinese. */
  ZH,
  /** English. */
  EN;

  /** The ISO 639-1 code: {@code zh} or {@code en}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name in English: Chinese or English. */
  public String englishName() {
    return this == ZH ? "Chinese" : "English";
  }

  /** The other language of a pair. */
  public Language other() {
    return this == ZH ? EN : ZH;
  }

  /**
   * The language of an ISO code.
   *
   * @throws InvalidInputException for any other code
   */
  public static Language of(String code) {
    for (Language language : values()) {
      if (language.code().equals(code)) {
        return language;
      }
    }
    throw new InvalidInputException("unknown language '" + code + "'; expected zh or en");
  }
}
