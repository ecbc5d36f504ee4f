package org.yuqiao.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.files.InvalidInputException;

class SettingsManualTest {
  private final SettingsManual manual = SettingsManual.load();

  @Test
  void everyKeySaysWhatItDoesAndWhatItMayBe() {
    for (SettingsManual.Entry entry : manual.entries()) {
      assertFalse(entry.meaning().isBlank(), entry.key() + " has no meaning");
      assertFalse(entry.allowed().isBlank(), entry.key() + " does not say what is allowed");
    }
  }

  /** The words of every setting that is one of a few, as the program knows them. */
  private static Map<String, String> words(Class<?> type, String prefix) {
    Map<String, String> words = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String key = prefix + component.getName();
      if (component.getType().isRecord()) {
        words.putAll(words(component.getType(), key + "."));
      } else if (component.getType().isEnum()) {
        words.put(
            key,
            String.join(
                ", ",
                Arrays.stream(component.getType().getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .toList()));
      } else if (component.getType() == boolean.class) {
        words.put(key, "true, false");
      }
    }
    return words;
  }

  @Test
  void theWordsAllowedAreThoseTheProgramKnows() {
    Map<String, String> words = words(ExperimentSettings.class, "");
    assertTrue(words.containsKey("subwords.segmentation"), words.toString());
    words.forEach((key, allowed) -> assertEquals(allowed, manual.find(key).get(0).allowed(), key));
  }

  @ParameterizedTest
  @CsvSource({
    "train.minuts, train.minutes",
    "minutes, train.minutes",
    "model.hidenSize, model.hiddenSize",
    "segmentation, subwords.segmentation",
    "trian.seed, train.seed"
  })
  void theNearestKeyIsTheOneMeant(String typed, String meant) {
    assertEquals(meant, manual.nearest(typed));
  }

  @Test
  void commentsStandAboveAKeyOrBehindItsValue() {
    String yaml =
        """
        # Not of a key.

        train:
          # Above, over
          # two lines. Allowed: 1 or more.
          steps: 3
          seed: 1      # Behind. Allowed: a number.
        """;
    Map<String, JsonNode> defaults = new LinkedHashMap<>();
    defaults.put("train.steps", SettingsTree.YAML.getNodeFactory().numberNode(3));
    defaults.put("train.seed", SettingsTree.YAML.getNodeFactory().numberNode(1));
    List<SettingsManual.Entry> entries = SettingsManual.read(yaml, defaults).entries();
    assertEquals("Above, over two lines.", entries.get(0).meaning());
    assertEquals("1 or more", entries.get(0).allowed());
    assertEquals("Behind.", entries.get(1).meaning());
    assertEquals("a number", entries.get(1).allowed());
  }

  @Test
  void aSectionIsFoundAndAnUnknownKeyRefused() {
    assertTrue(manual.find("optimizer").size() > 5);
    String message =
        assertThrows(InvalidInputException.class, () -> manual.find("optimizer.learnRate"))
            .getMessage();
    assertTrue(message.contains("optimizer.learnRate"), message);
  }
}
