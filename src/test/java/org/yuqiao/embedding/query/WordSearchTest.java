package org.yuqiao.embedding.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.yuqiao.embedding.vectors.WordVectors;

class WordSearchTest {
  private final WordVectors vectors =
      new WordVectors(
          List.of("notebook", "book", "▁book", "Bookshop", "书", "图书馆", "▁I", "<0x0A>"),
          1,
          new float[8]);
  private final WordSearch search = new WordSearch(vectors);

  private List<String> found(String part, int count) {
    return search.find(part, count).stream().map(vectors::word).toList();
  }

  @Test
  void equalWordsComeFirstThenBeginningsThenTheOthers() {
    assertEquals(List.of("book", "▁book", "Bookshop", "notebook"), found("book", 10));
    assertEquals(List.of("book", "▁book", "Bookshop"), found(" BOOK", 3));
    assertEquals(List.of("书", "图书馆"), found("书", 10));
    assertEquals(List.of(), found("xyz", 10));
    assertEquals(List.of(), found("book", 0));
  }

  @Test
  void noTextFindsTheFirstWords() {
    assertEquals(List.of("notebook", "book"), found("", 2));
    assertEquals(List.of("notebook", "book"), found("▁", 2));
  }

  @Test
  void aWordIsFoundAsWrittenThenAsAWordsStartThenInAnyCase() {
    assertEquals(OptionalInt.of(1), search.row("book"));
    assertEquals(OptionalInt.of(2), search.row("▁book"));
    assertEquals(OptionalInt.of(6), search.row("I"));
    assertEquals(OptionalInt.of(6), search.row("i"));
    assertEquals(OptionalInt.of(3), search.row("bookSHOP"));
    assertEquals(OptionalInt.empty(), search.row("shop"));
    assertEquals(OptionalInt.empty(), search.row(""));
  }

  @Test
  void aWholeWordHasTheMarkOfAWordsStart() {
    assertEquals(OptionalInt.of(2), search.wholeWord("book"));
    assertEquals(OptionalInt.of(4), search.wholeWord("书"));
    assertEquals(OptionalInt.empty(), search.wholeWord("bookshop"));
  }
}
