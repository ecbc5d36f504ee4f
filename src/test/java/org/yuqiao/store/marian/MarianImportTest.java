package org.yuqiao.store.marian;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.batch.BatchLimits;
import org.yuqiao.decode.batch.Translator;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.inference.LineSplitting;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.store.ForcedLogits;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.sentencepiece.SentencePieceTokenizer;

/**
 * The reference is Hugging Face Transformers; {@code make_fixtures.py} made models and outputs. The
 * models differ in vocabularies, activation, scale of embeddings and file of weights.
 */
class MarianImportTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path temporary;

  static Path fixture(String name) {
    return Path.of("src/test/resources/org/yuqiao/store/marian", name);
  }

  private Path imported(String name) {
    Path out = temporary.resolve(name);
    new MarianImport(fixture(name), Optional.empty(), Optional.empty()).write(out);
    return out;
  }

  private static List<JsonNode> expected(String name) throws java.io.IOException {
    JsonNode lines = JSON.readTree(fixture(name).resolve("expected.json").toFile());
    return StreamSupport.stream(lines.spliterator(), false).toList();
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  /** The ids here as those of the files. */
  private static int[] fileIds(Path model, Language side, int[] ids) {
    SentencePieceTokenizer tokenizer =
        (SentencePieceTokenizer) new RunFolder(model).loadTokenizer(side);
    int[] known = tokenizer.vocabulary().fileIds();
    return Arrays.stream(ids).map(id -> known[id]).toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "separate", "multilingual"})
  void idsOfASourceAreThoseOfTheReference(String name) throws java.io.IOException {
    Path folder = imported(name);
    try (TranslationModel model = TranslationModel.load(folder)) {
      Language source = model.settings().source();
      for (JsonNode line : expected(name)) {
        String text = line.get("line").asText();
        boolean isBlank = text.replaceFirst(">>.*<<", "").isBlank(); // a language alone is no text
        if (!isBlank && !text.contains("</s>")) { // and here special tokens in a text are text
          int[] ids = fileIds(folder, source, model.encode(text));
          assertArrayEquals(ints(line.get("ids")), ids, text);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "separate", "multilingual"})
  void logitsAreThoseOfTheReference(String name) throws java.io.IOException {
    Path folder = imported(name);
    try (TranslationModel model = TranslationModel.load(folder)) {
      int[] known = fileIdsOf(folder, model.settings().target());
      try (ForcedLogits forced = new ForcedLogits(model)) {
        for (JsonNode line : expected(name)) {
          if (line.has("logits")) {
            int[] source = own(folder, model.settings().source(), ints(line.get("ids")));
            int[] target = own(folder, model.settings().target(), ints(line.get("greedy")));
            assertClose(line.get("logits"), forced.of(source, target), known);
          }
        }
      }
    }
  }

  private static int[] fileIdsOf(Path model, Language side) {
    return ((SentencePieceTokenizer) new RunFolder(model).loadTokenizer(side))
        .vocabulary()
        .fileIds();
  }

  /** Ids of the files as those here. */
  private static int[] own(Path model, Language side, int[] fileIds) {
    int[] known = fileIdsOf(model, side);
    return Arrays.stream(fileIds)
        .map(wanted -> Arrays.stream(known).boxed().toList().indexOf(wanted))
        .toArray();
  }

  private static void assertClose(JsonNode expected, float[][] logits, int[] known) {
    assertEquals(expected.size(), logits.length);
    for (int t = 0; t < logits.length; t++) {
      assertEquals(known.length - 1, expected.get(t).size());
      for (int id = 1; id < known.length; id++) {
        assertEquals(expected.get(t).get(known[id]).asDouble(), logits[t][id], 1e-4, t + " " + id);
      }
      assertTrue(logits[t][Tokenizer.PAD] < -20);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "separate", "multilingual"})
  void greedyAndBeamSearchFindTheTokensOfTheReference(String name) throws java.io.IOException {
    Path folder = imported(name);
    try (TranslationModel model = TranslationModel.load(folder)) {
      DecodingSettings settings = model.settings().decode();
      assertEquals(4, settings.beamSize());
      List<JsonNode> lines = new ArrayList<>();
      List<int[]> sources = new ArrayList<>();
      for (JsonNode line : expected(name)) {
        int[] source = own(folder, model.settings().source(), ints(line.get("ids")));
        if (source.length > 0) {
          lines.add(line);
          sources.add(source);
        }
      }
      List<Hypothesis> beam = find(model, settings, sources);
      List<Hypothesis> greedy = find(model, settings.toBuilder().beamSize(1).build(), sources);
      Language target = model.settings().target();
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).get("line").asText();
        assertArrayEquals(
            ints(lines.get(i).get("greedy")),
            fileIds(folder, target, greedy.get(i).tokens()),
            line);
        assertArrayEquals(
            ints(lines.get(i).get("beam")), fileIds(folder, target, beam.get(i).tokens()), line);
        assertEquals(lines.get(i).get("score").asDouble(), beam.get(i).score(), 1e-3, line);
      }
    }
  }

  private static List<Hypothesis> find(
      TranslationModel model, DecodingSettings settings, List<int[]> sources) {
    try (Translator translator =
        new Translator(
            model.networks(),
            new Backend(1),
            Strategy.withScores(settings, 1),
            BatchLimits.DEFAULT)) {
      return translator.translate(sources, done -> {}).stream().map(best -> best.get(0)).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "separate", "multilingual"})
  void textIsTranslatedIntoTextAsTheReferenceDoes(String name) throws java.io.IOException {
    try (TranslationModel model = TranslationModel.load(imported(name))) {
      Strategy greedy =
          Strategy.withoutScores(model.settings().decode().toBuilder().beamSize(1).build());
      List<JsonNode> lines = expected(name).subList(0, 45);
      List<List<TranslationModel.Translation>> found =
          model.translate(
              lines.stream()
                  .map(line -> TranslationModel.Line.of(line.get("line").asText()))
                  .toList(),
              greedy,
              LineSplitting.WHOLE_LINES,
              done -> {});
      for (int i = 0; i < lines.size(); i++) {
        assertEquals(lines.get(i).get("text").asText(), found.get(i).get(0).text());
      }
      assertFalse(found.isEmpty());
    }
  }
}
