package org.yuqiao.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yuqiao.server.ServedExplorer;

/** {@code /sentences}, and requests that it refuses. */
class SentencesApiTest {
  @AutoClose private static ServedExplorer api;

  @BeforeAll
  static void start() {
    api = new ServedExplorer();
  }

  @Test
  void sentencesComeInOrderWithTheirLines() throws Exception {
    JsonNode answer = api.answer("/sentences", "{'text': '你好。 好久不见。\\n\\n再见。'}");
    List<String> found = new ArrayList<>();
    answer.get("sentences").forEach(s -> found.add(s.get("line") + " " + s.get("source").asText()));
    assertEquals(List.of("0 你好。", "0 好久不见。", "2 再见。"), found);
    assertEquals("zh-en", answer.get("model").asText());
  }

  @Test
  void aSentenceThatIsNotTranslatedHasANote() throws Exception {
    JsonNode answer = api.answer("/sentences", "{'text': 'Hello.\\n====='}");
    assertEquals("", answer.at("/sentences/0/note").asText());
    assertEquals("nothing-to-translate", answer.at("/sentences/1/note").asText());
  }

  @Test
  void aRequestWithoutTextIsRefused() throws Exception {
    ServedExplorer.Answer answer = api.post("/sentences", "{}");
    assertEquals(400, answer.status());
    assertEquals("'text' is missing; it must be a string", answer.detail());
  }

  @Test
  void aTextOfMoreThanFiftyThousandCharactersIsRefused() throws Exception {
    String text = "a".repeat(50_001);
    assertEquals(413, api.post("/sentences", "{\"text\": \"" + text + "\"}").status());
  }
}
