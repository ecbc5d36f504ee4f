package org.yuqiao.corpus.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesRecordReaderTest {
  @TempDir private Path folder;
  private CorpusFixture corpora;

  @BeforeEach
  void inTheFolder() {
    corpora = new CorpusFixture(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'zh':'你','en':'you'} {'zh':'我','en':'I'}|more text behind the object, at character 22",
        "{'zh':'你','en':'you'},|more text behind the object",
        "{'zh':'你','en':'you'}]|more text behind the object",
        "{'zh':'你','en':'you'}oops|more text behind the object",
        "[|an array over several lines; expected one object a line",
        "[{'zh':'你','en':'you'}]|found an array; expected one object a line",
        "{'zh':'你',|does not end on this line",
        "{'zh':'你','en':'you|does not end on this line",
        "{'zh':'你','zh':'我','en':'I'}|a key occurs twice",
        "{zh:'你'}|not valid JSON at character 2",
        "42|found no object but 42",
        "{'zh':'你','fr':'toi'}|\"en\" is missing; the keys are zh, fr",
        "{'zh':'你','en':7}|\"en\" is not a text"
      })
  void faultsAreNamedInPlainWords(String line, String reason) {
    String text = "{\"zh\":\"好\",\"en\":\"Good\"}\n" + line.replace('\'', '"') + "\n";
    String message = CorpusFixture.refusal(corpora.write("a.jsonl", text));
    assertTrue(message.contains("a.jsonl, line 2: "), message);
    assertTrue(message.contains(reason), message);
    for (String word : List.of("Source", "FAIL_ON", "JsonToken", "Feature")) {
      assertFalse(message.contains(word), message);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'zh-CN':'你','en-US':'you','id':7}",
        "{'translation':{'cmn':'你','eng':'you'}}",
        "  {'en':'you','zh':'你'}  "
      })
  void codesOfTheLanguagesAreKnownAndEmptyLinesPassedOver(String line) {
    String text = "\n" + line.replace('\'', '"') + "\n\n";
    assertEquals(List.of("你|you"), CorpusFixture.read(corpora.write("a.jsonl", text)));
  }

  @Test
  void halfASurrogatePairBecomesTheReplacementCharacterInEveryFormat() {
    String in =
        corpora.write(
            "a.jsonl", "{\"zh\":\"笑\\ud83d\",\"en\":\"A \\ude00 \\ud83d\\ude00 smile\"}\n");
    List<String> expected = List.of("笑\uFFFD|A \uFFFD \uD83D\uDE00 smile");
    assertEquals(expected, CorpusFixture.read(in));
    for (String name : List.of("b.tsv", "b.jsonl", "b.tmx")) {
      CorpusFiles out = new CorpusFiles(folder.resolve(name).toString());
      CorpusConverter.convert(new CorpusFiles(in), out, n -> {});
      assertEquals(expected, CorpusFixture.read(out), name);
    }
  }
}
