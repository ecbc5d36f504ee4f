package org.yuqiao.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.yuqiao.RandomText;
import org.yuqiao.ScratchFolder;
import org.yuqiao.SeededProperty;

class SettingsPropertiesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Values that each key may have whatever the others are. */
  private static Map<String, Arbitrary<?>> values() {
    Map<String, Arbitrary<?>> values = new LinkedHashMap<>();
    Arbitrary<Double> share = doubles(0, 0.99);
    Arbitrary<List<String>> names = names().list().ofMaxSize(3);
    values.put("direction", Arbitraries.of("zh-en", "en-zh"));
    values.put("data.train", names);
    values.put("data.valid", names);
    values.put("data.maxPairs", Arbitraries.longs().between(0, Long.MAX_VALUE));
    values.put("data.cleaning.maxLengthRatio", doubles(1, 1e9));
    values.put("data.cleaning.simplify", Arbitraries.of(true, false));
    values.put("subwords.vocabularySize", Arbitraries.integers().between(300, 10_000_000));
    values.put("subwords.segmentation", Arbitraries.of("none", "character", "word"));
    values.put("model.hiddenSize", Arbitraries.integers().between(1, 1000).map(n -> 8 * n));
    values.put("model.positions", Arbitraries.of("sinusoidal", "relative-shaw", "transformer-xl"));
    values.put("model.layerNorm", Arbitraries.of("pre", "post"));
    values.put("model.dropout", share);
    values.put("embedding.init", Arbitraries.of("random", "cbow-corrected", "skipgram"));
    values.put("train.minutes", doubles(1e-6, 1e6));
    values.put("train.seed", Arbitraries.longs());
    values.put("train.labelSmoothing", share);
    values.put("optimizer.learningRate", doubles(1e-20, 10));
    values.put("optimizer.epsilon", doubles(1e-12, 1e-3));
    values.put("optimizer.schedule", Arbitraries.of("cosine", "linear", "inverse-sqrt"));
    values.put("decode.lengthPenalty", doubles(0, 5));
    values.put("decode.replaceUnknowns", Arbitraries.of(true, false));
    return values;
  }

  private static Arbitrary<Double> doubles(double min, double max) {
    return Arbitraries.doubles().between(min, max).ofScale(20);
  }

  /** Names of files, some of which YAML reads as something else unless they are quoted. */
  private static Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.of("yes", "null", "~", "1", "1e3", "0x1F", "a: b", "#a", " a", "- a", "", "{a"),
        RandomText.unicode().map(text -> text.replace('\0', '0')));
  }

  @Provide
  Arbitrary<Map<String, JsonNode>> overlays() {
    List<Arbitrary<Map.Entry<String, JsonNode>>> entries = new ArrayList<>();
    values()
        .forEach(
            (key, value) ->
                entries.add(value.map(one -> Map.entry(key, JSON.<JsonNode>valueToTree(one)))));
    Arbitrary<List<Boolean>> chosen = Arbitraries.of(true, false).list().ofSize(entries.size());
    return Combinators.combine(Combinators.combine(entries).as(List::copyOf), chosen)
        .as(
            (all, used) -> {
              Map<String, JsonNode> overlay = new LinkedHashMap<>();
              for (int i = 0; i < all.size(); i++) {
                if (used.get(i)) {
                  overlay.put(all.get(i).getKey(), all.get(i).getValue());
                }
              }
              return overlay;
            });
  }

  @SeededProperty
  void settingsAreReadAsTheyWereWritten(@ForAll("overlays") Map<String, JsonNode> overlay) {
    SettingsTree tree =
        SettingsTree.defaults().with(SettingsTree.YAML.valueToTree(overlay), "test");
    ExperimentSettings settings = tree.check("test");
    try (ScratchFolder folder = ScratchFolder.create()) {
      SettingsFile.write(settings, folder.resolve("settings.yaml"));
      ExperimentSettings read = SettingsFile.read(folder.resolve("settings.yaml"), List.of());
      assertEquals(settings, read);
      assertEquals(SettingsFile.flat(settings), SettingsFile.flat(read));
    }
  }
}
