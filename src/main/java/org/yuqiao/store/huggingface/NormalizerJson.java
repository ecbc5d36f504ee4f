package org.yuqiao.store.huggingface;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuqiao.text.Language;

/**
 * The steps of {@link org.yuqiao.text.normalize.TextNormalizer} as a normalizer of Hugging Face
 * Tokenizers, as far as that library has them: traditional Chinese stays, brackets are not widened
 * in pairs, and most raised and circled numbers become plain ones.
 */
final class NormalizerJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SEPARATORS = "[\\t\\n\\x0B\\f\\r\\x{85}\\x{2028}\\x{2029}\\x{2581}]";
  private static final String INVISIBLE =
      "[\\p{Cc}\\p{Cf}\\p{Co}\\x{FFFD}-\\x{FFFF}\\x{2065}\\x{34F}\\x{115F}\\x{1160}\\x{3164}\\x{FFA0}"
          + "\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}\\x{180B}-\\x{180F}"
          + "&&[^\\x{600}-\\x{605}\\x{6DD}\\x{70F}\\x{890}\\x{891}\\x{8E2}]]";

  /** NFKC would change these. */
  private static final String KEPT = "²³¹¼½¾";

  private static final String KEPT_IN_CHINESE = KEPT + "，！？：；（）…～";
  private static final int FIRST_STAND_IN = 0xF8E0;

  private static final String PLAIN = "(),!?:;";
  private static final String FULL = "（），！？：；";
  private static final String AFTER_HAN = "(?<=[\\p{Han}）])[\\s\\p{Z}]*";
  private static final String WITHIN_HAN = "[\\p{Han}，。！？：；、（）]";

  private final ArrayNode steps = JSON.createArrayNode();

  private NormalizerJson() {}

  /** The normalizer of a language. */
  static ObjectNode of(Language language) {
    NormalizerJson normalizer = new NormalizerJson();
    normalizer.regex(SEPARATORS, " ");
    normalizer.regex(INVISIBLE, "");
    normalizer.compose(language == Language.ZH ? KEPT_IN_CHINESE : KEPT);
    if (language == Language.ZH) {
      normalizer.widen();
    } else {
      normalizer.narrow();
    }
    normalizer.regex("[\\s\\p{Z}]+", " ");
    normalizer
        .steps
        .addObject()
        .put("type", "Strip")
        .put("strip_left", true)
        .put("strip_right", true);
    if (language == Language.ZH) {
      normalizer.regex("(?<=" + WITHIN_HAN + ") (?=" + WITHIN_HAN + ")", "");
    }
    ObjectNode root = JSON.createObjectNode().put("type", "Sequence");
    root.set("normalizers", normalizer.steps);
    return root;
  }

  /** NFKC; {@code kept} characters are private-use ones meanwhile. */
  private void compose(String kept) {
    for (int i = 0; i < kept.length(); i++) {
      string(kept.substring(i, i + 1), standIn(i));
    }
    steps.addObject().put("type", "NFKC");
    for (int i = 0; i < kept.length(); i++) {
      string(standIn(i), kept.substring(i, i + 1));
    }
  }

  private static String standIn(int number) {
    return Character.toString(FIRST_STAND_IN + number);
  }

  private void widen() {
    for (int i = 0; i < PLAIN.length(); i++) {
      regex(AFTER_HAN + "\\" + PLAIN.charAt(i), FULL.substring(i, i + 1));
    }
    regex("(?<=[\\p{L}\\p{N}]),(?=[\\s\\p{Z}]*\\p{Han})", "，");
    regex("(?<=[\\p{L}\\p{N}]);(?=[\\s\\p{Z}]*\\p{Han})", "；");
    regex("(?<=[\\p{Han}）])\\s*\\.[\\s\\p{Z}]*$", "。");
  }

  private void narrow() {
    for (int i = 0; i < PLAIN.length(); i++) {
      string(FULL.substring(i, i + 1), PLAIN.substring(i, i + 1));
    }
    string("。", ".");
    string("、", ",");
  }

  private void regex(String pattern, String content) {
    replace("Regex", pattern, content);
  }

  private void string(String text, String content) {
    replace("String", text, content);
  }

  private void replace(String kind, String pattern, String content) {
    ObjectNode step = steps.addObject().put("type", "Replace");
    step.putObject("pattern").put(kind, pattern);
    step.put("content", content);
  }
}
