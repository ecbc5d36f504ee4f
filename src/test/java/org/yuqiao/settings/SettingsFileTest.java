package org.yuqiao.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.files.InvalidInputException;

class SettingsFileTest {
  @TempDir private Path folder;

  private Path write(String yaml) throws IOException {
    Path file = folder.resolve("e.yaml");
    Files.writeString(file, yaml.replace("\\n", "\n").replace("\\t", "\t"));
    return file;
  }

  @Test
  void aFileNamesWhatDiffersAndOverridesGoOnTop() throws IOException {
    Path file = write("train:\n  minutes: 3\n  seed: 7\n");
    ExperimentSettings settings =
        SettingsFile.read(file, List.of("train.minutes=5", "data.train=[a.tsv, b.tsv]"));
    assertEquals(5, settings.train().minutes());
    assertEquals(7, settings.train().seed());
    assertEquals(128, settings.model().hiddenSize());
    assertEquals(List.of("a.tsv", "b.tsv"), settings.data().train());
  }

  @Test
  void otherCorporaBeginWithoutTheWeightsOfThoseTheyReplace() throws IOException {
    Path file = write("data: {weights: [1, 0.5], train: [a.tsv, b.tsv]}\n");
    assertEquals(List.of(1.0, 0.5), SettingsFile.read(file, List.of()).data().weights());
    String other = "data.train=[c.tsv, d.tsv, e.tsv]";
    assertEquals(List.of(), SettingsFile.read(file, List.of(other)).data().weights());
    String own = "data.weights=[1, 2, 3]";
    String asTree = "data={train: [c.tsv, d.tsv, e.tsv]}";
    for (List<String> overrides :
        List.of(List.of(other, own), List.of(own, other), List.of(own, asTree))) {
      assertEquals(List.of(1.0, 2.0, 3.0), SettingsFile.read(file, overrides).data().weights());
    }
  }

  @Test
  void columnsConcernTabSeparatedCorporaThatNameNone() throws IOException {
    Path file = write("data: {columns: 'zh=2,en=4'}\n");
    String tests = "data.test=[a.tsv, b.tsv.gz, 'c.tsv#zh=1,en=2', d.jsonl, 'e.zh,e.en']";
    assertEquals(
        List.of("a.tsv#zh=2,en=4", "b.tsv.gz#zh=2,en=4", "c.tsv#zh=1,en=2", "d.jsonl", "e.zh,e.en"),
        SettingsFile.read(file, List.of(tests)).data().tested());
    String message =
        assertThrows(
                InvalidInputException.class,
                () -> SettingsFile.read(file, List.of("data.columns=2")))
            .getMessage();
    assertTrue(message.contains("data.columns"), message);
  }

  @Test
  void settingsWrittenInFullAreReadBackTheSame() throws IOException {
    ExperimentSettings settings = SettingsFile.read(write("direction: en-zh\n"), List.of());
    Path copy = folder.resolve("copy.yaml");
    SettingsFile.write(settings, copy);
    assertEquals(settings, SettingsFile.read(copy, List.of()));
  }

  @Test
  void choicesAreWrittenWithHyphensAndReadBack() throws IOException {
    String yaml =
        """
        subwords: {joint: true}
        model:
          positions: transformer-xl
          attention: {heads: 8, function: relu, scale: none, queryKey: shared}
          activation: swish
          feedForwardType: gated
          weightTying: three-way
        """;
    ExperimentSettings settings = SettingsFile.read(write(yaml), List.of());
    assertEquals(8, settings.model().attention().heads());
    Path copy = folder.resolve("copy.yaml");
    SettingsFile.write(settings, copy);
    assertTrue(Files.readString(copy).matches("(?s).*positions: \"?transformer-xl.*"));
    assertEquals(settings, SettingsFile.read(copy, List.of()));
    assertEquals(
        "relative-bias",
        SettingsFile.flat(SettingsFile.read(copy, List.of("model.positions=relative-bias")))
            .get("model.positions"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train:\\n  minuts: 3|unknown key 'train.minuts'",
        "model:\\n  hiddenSize: 100\\n  attention:\\n    heads: 3|model.hiddenSize must be a multiple",
        "model:\\n  hiddenSize: wide|key 'model.hiddenSize'",
        "direction: zh-fr|direction must be zh-en or en-zh",
        "optimizer:\\n  schedule: magic|'magic' is unknown",
        "model:\\n  positions: rotary\\n  hiddenSize: 12|columns, so model.hiddenSize / model.attention.heads",
        "model:\\n  positions: absolute|cannot be 'absolute'; allowed: sinusoidal, sinusoidal-halves, sinusoidal-marian",
        "model:\\n  attention:\\n    function: none|'model.attention.function' cannot be 'none'",
        "model:\\n  heads: 4|unknown key 'model.heads'; the nearest known one is 'model.attention.heads'",
        "model:\\n  weightTying: three-way|model.weightTying three-way needs one vocabulary",
        "model:\\n  relative:\\n    buckets: 6|model.relative.buckets must be a multiple of 4",
        "model:\\n  relative:\\n    maxDistance: 16|model.relative.maxDistance must be above half",
        "model:\\n  relative:\\n    clippingDistance: 0|model.relative.clippingDistance must be from 1 to 65536, not 0",
        "train: 3|expected keys and values under 'train'",
        "train: [|not YAML",
        "train:\\n  seed: 1\\ntrain: {}|not YAML: line 3: key 'train' occurs twice",
        "train:\\n\\tseed: 1|line 1: it is not well-formed (YAML is indented with spaces",
        "train:\\n  seed: 1\\n---\\ntrain: {}|not YAML: line 4: something follows the first value",
        "model:\\n  dropout: .nan|not YAML: line 2: '.nan' is not a finite number",
        "model:\\n  dropout: NaN|key 'model.dropout' must be a finite number, not NaN",
        "train:\\n  minutes: 1e999|key 'train.minutes' must be a finite number",
        "decode:\\n  lengthPenalty: '-Infinity'|key 'decode.lengthPenalty' must be a finite number",
        "model:\\n  hiddenSize: 1920000000|model.hiddenSize must be from 1 to 65536, not 1920000000",
        "model:\\n  feedForwardSize: 2000000000|model.feedForwardSize must be from 1 to 1048576",
        "model:\\n  encoderLayers: 100000000|model.encoderLayers must be from 1 to 1000, not 100000000",
        "model:\\n  decoderLayers: 1001|model.decoderLayers must be from 1 to 1000, not 1001",
        "model:\\n  maxPositions: 2000000000|must be at most 16777216, but is 2000000000 times 128",
        "model:\\n  relative:\\n    clippingDistance: 2000000000|clippingDistance must be from 1 to 65536",
        "subwords:\\n  vocabularySize: 2000000000|subwords.vocabularySize must be from 300 to 10000000",
        "train:\\n  threads: 100000|train.threads must be from 0 to 1024, not 100000",
        "train:\\n  gradientAccumulation: 2147483647|gradientAccumulation must be from 1 to 1000000",
        "model:\\n  hiddenSize: 99999999999|key 'model.hiddenSize' cannot be '99999999999'",
        "train:\\n  minutes: 0|one of train.minutes"
      })
  void whatIsWrongIsNamedWithFileAndKey(String yaml, String expected) throws IOException {
    Path file = write(yaml);
    String message =
        assertThrows(InvalidInputException.class, () -> SettingsFile.read(file, List.of()))
            .getMessage();
    assertTrue(message.contains(expected), message);
    assertTrue(message.contains("e.yaml"), message);
  }

  @Test
  void aWrongOverrideIsNamed() throws IOException {
    Path file = write("");
    for (String override : List.of("train.minuts=3", "nothing", "train.minutes.x=3")) {
      String message =
          assertThrows(
                  InvalidInputException.class, () -> SettingsFile.read(file, List.of(override)))
              .getMessage();
      assertTrue(message.startsWith("--set"), message);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "start: {model: \"a\\0b\"}|start.model: 'a\\u0000b' is not a path",
        "start: {encoder: \"a\\0b\"}|start.encoder: 'a\\u0000b' is not a path",
        "data: {train: [\"a\\0.tsv\"]}|data.train: 'a\\u0000.tsv' is not a path",
        "data: {valid: [\"a\\0.tsv\"]}|data.valid: 'a\\u0000.tsv' is not a path",
        "data: {test: [\"a\\0.tsv\"]}|data.test: 'a\\u0000.tsv' is not a path",
        "embedding: {init: \"a\\0\"}|embedding.init: 'a\\u0000' is not a path",
        "data: {train: [a.tsv, ~]}|key 'data.train' cannot be '[\"a.tsv\",null]'",
        "data: {weights: [~]}|key 'data.weights' cannot be '[null]'",
        "data: {train: }|key 'data.train' cannot be empty",
        "start: {model: none, freeze: [~]}|key 'start.freeze' cannot be '[null]'",
        "direction: |key 'direction' cannot be empty",
        "model: {attention: {function: }}|key 'model.attention.function' cannot be empty"
      })
  void namesThatNoPathHasAndEmptyEntriesAreNamedWithTheirKey(String yaml, String expected)
      throws IOException {
    Path file = write(yaml);
    String message =
        assertThrows(InvalidInputException.class, () -> SettingsFile.read(file, List.of()))
            .getMessage();
    assertTrue(message.contains(expected), message);
    assertTrue(message.contains("e.yaml"), message);
  }

  @Test
  void aFileThatIsNoSettingsByItsSizeIsRefused() throws IOException {
    Path file = write("# " + "a".repeat(4 << 20));
    String message =
        assertThrows(InvalidInputException.class, () -> SettingsFile.read(file, List.of()))
            .getMessage();
    assertTrue(message.endsWith("bytes; expected at most 3,145,728"), message);
  }

  @Test
  void aKeyOfAnyLengthIsUnknownAtOnce() throws IOException {
    Path file = write("? " + "a".repeat(1 << 20) + "\n: 1\n");
    String message =
        assertThrows(InvalidInputException.class, () -> SettingsFile.read(file, List.of()))
            .getMessage();
    assertTrue(message.contains("unknown key") && message.length() < 2100, message);
  }
}
