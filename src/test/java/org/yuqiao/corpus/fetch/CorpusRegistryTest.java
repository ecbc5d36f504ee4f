package org.yuqiao.corpus.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.files.InvalidInputException;

class CorpusRegistryTest {
  private static final String ENTRY =
      """
      mine:
        about: Mine.
        license: CC0
        attribution: me
        pairs: 3
        downloads:
          - {file: a.tsv, urls: [https://example.org/a.tsv], bytes: 9}
        files:
          - {file: train.tsv, pairs: a.tsv}
      """;

  @TempDir private Path folder;

  @Test
  void theProgramKnowsCorporaAndTestSets() {
    assertTrue(
        CorpusRegistry.ofProgram()
            .corpora()
            .keySet()
            .containsAll(java.util.List.of("tatoeba", "news-commentary", "flores200", "wmt17")));
  }

  @Test
  void aFileOfOnesOwnAddsCorpora() throws IOException {
    Path file = Files.writeString(folder.resolve("own.yaml"), ENTRY);
    CorpusRegistry registry = CorpusRegistry.ofProgram().with(file);
    assertEquals("Mine.", registry.corpus("mine").about());
    assertTrue(registry.corpora().containsKey("tatoeba"));
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertTrue(
        assertThrows(InvalidInputException.class, () -> CorpusRegistry.ofProgram().corpus("tatoba"))
            .getMessage()
            .startsWith("there is no corpus 'tatoba'; known: tatoeba, "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "file: a.tsv,|file: ../a.tsv,|'mine': downloads.file must be the plain name of a file, not '../a.tsv'",
        "https://|ftp://|'mine': downloads.urls of a.tsv must begin with https:// or http://, not ftp://example.org/a.tsv",
        "pairs: a.tsv|pairs: b.tsv|'mine': files takes b.tsv, but downloads has no b.tsv",
        "pairs: a.tsv|zh: a.tsv|'mine': files.train.tsv must have pairs, or zh and en",
        "license: CC0|license: ''|'mine': license must name its license",
        "mine:|Mine:|a corpus is named in lower case, as news-commentary, not 'Mine'"
      })
  void aWrongEntryIsRefused(String right, String wrong, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("own.yaml"), ENTRY.replace(right, wrong));
    assertEquals(
        file + ": " + message,
        assertThrows(InvalidInputException.class, () -> CorpusRegistry.ofProgram().with(file))
            .getMessage());
  }

  @Test
  void anUnknownKeyIsRefused() throws IOException {
    Path file =
        Files.writeString(folder.resolve("own.yaml"), ENTRY.replace("pairs: 3", "pears: 3"));
    String message =
        assertThrows(InvalidInputException.class, () -> CorpusRegistry.ofProgram().with(file))
            .getMessage();
    assertTrue(message.startsWith(file + ": 'mine': ") && message.contains("pears"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"~", "", "a: ~", "a: {downloads: [~]}", "\0"})
  void anEmptyRegistryOrEntryIsRefusedInOneSentence(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("own.yaml"), yaml);
    String message =
        assertThrows(InvalidInputException.class, () -> CorpusRegistry.ofProgram().with(file))
            .getMessage();
    assertTrue(message.startsWith(file.toString()) && !message.contains("Exception"), message);
  }

  @Test
  void aRegistryThatCannotBeReadIsNamed() throws IOException {
    Path none = folder.resolve("none.yaml");
    assertEquals(
        "there is no file " + none,
        assertThrows(InvalidInputException.class, () -> CorpusRegistry.ofProgram().with(none))
            .getMessage());
    Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', (byte) 0xE9});
    String message =
        assertThrows(InvalidInputException.class, () -> CorpusRegistry.ofProgram().with(latin))
            .getMessage();
    assertTrue(message.startsWith("cannot read " + latin + ": "), message);
    assertTrue(!message.contains("Exception"), message);
  }

  @Test
  void anEntryOfOnesOwnReplacesThatOfTheProgram() throws IOException {
    Path file = Files.writeString(folder.resolve("own.yaml"), ENTRY.replace("mine:", "tatoeba:"));
    CorpusRegistry program = CorpusRegistry.ofProgram();
    CorpusRegistry registry = program.with(file);
    assertEquals("Mine.", registry.corpus("tatoeba").about());
    assertEquals(program.corpora().keySet(), registry.corpora().keySet());
  }
}
