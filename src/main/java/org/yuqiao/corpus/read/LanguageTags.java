package org.yuqiao.corpus.read;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.yuqiao.text.Language;

/** Languages by their codes: ISO 639 and BCP 47 in attributes and keys, endings of file names. */
final class LanguageTags {
  private static final Set<String> CHINESE =
      Set.of("zh", "zho", "chi", "cmn", "chinese", "mandarin");
  private static final Set<String> ENGLISH = Set.of("en", "eng", "english");
  private static final Set<String> CHINESE_REGIONS =
      Set.of("cn", "tw", "hk", "mo", "sg", "hans", "hant", "chs", "cht");
  private static final Set<String> ENGLISH_REGIONS = Set.of("us", "uk", "gb", "latn");

  private LanguageTags() {}

  /** The language of a tag such as "zh-Hans-CN", "zho_Hans", "cmn" or "EN-US". */
  static Optional<Language> ofTag(String tag) {
    String primary = tag.strip().toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    if (CHINESE.contains(primary)) {
      return Optional.of(Language.ZH);
    }
    return ENGLISH.contains(primary) ? Optional.of(Language.EN) : Optional.empty();
  }

  /**
   * The language in a file name: the last part that is a code, as in "a.zh", "a.en-US", "a_en.txt",
   * "a.zh-en.en.bpe" or "a.cn".
   */
  static Optional<Language> ofFileName(Path file) {
    List<String> parts = Arrays.asList(CorpusFormat.plainName(file).split("[._-]+"));
    Collections.reverse(parts);
    return parts.stream().flatMap(part -> ofPart(part).stream()).findFirst();
  }

  private static Optional<Language> ofPart(String part) {
    if (CHINESE_REGIONS.contains(part)) {
      return Optional.of(Language.ZH);
    }
    return ENGLISH_REGIONS.contains(part) ? Optional.of(Language.EN) : ofTag(part);
  }
}
