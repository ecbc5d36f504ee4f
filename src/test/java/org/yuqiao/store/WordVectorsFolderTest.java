package org.yuqiao.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.embedding.word2vec.CorpusSide;
import org.yuqiao.embedding.word2vec.Word2VecAlgorithm;
import org.yuqiao.embedding.word2vec.Word2VecSettings;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;
import org.yuqiao.text.WordSegmenter;

/** A folder of word vectors says what it is, and is refused when it is not. */
class WordVectorsFolderTest {
  private static final Path HOME = Path.of("");

  @TempDir private Path temporary;
  private WordVectorsFolder folder;
  private WordVectors learned;

  @BeforeEach
  void trains() {
    folder = new WordVectorsFolder(temporary.resolve("vectors"));
    CorpusSide text =
        new CorpusSide(
            List.of(new CorpusFiles("data/test.tsv")),
            Language.EN,
            new WordSegmenter(WordSegmenter.Kind.WORD, true));
    learned =
        folder
            .train(
                text,
                Word2VecSettings.builder(Word2VecAlgorithm.SKIP_GRAM).build(),
                ModelCard.Words.DEFAULT,
                progress -> {})
            .vectors();
  }

  @Test
  void theSameVectorsAreReadFromTheFolderAsFromItsFile() {
    for (Path path : List.of(folder.path(), folder.path().resolve("vectors.bin"))) {
      WordVectors read = WordVectorsFolder.read(path);
      assertEquals(learned.words(), read.words());
      for (int i = 0; i < learned.size(); i++) {
        assertArrayEquals(learned.row(i), read.row(i));
      }
    }
  }

  @Test
  void trainingAgainGivesTheLossThatWasWritten() {
    WordVectorsManifest manifest = folder.manifest();
    assertEquals(manifest.loss(), folder.lossOfNewTraining(HOME), 1e-9);
    assertTrue(manifest.loss() > 0);
    assertEquals(learned.size(), manifest.words());
    assertEquals(Language.EN, manifest.language());
  }

  @Test
  void aByteThatChangedIsSeen() throws IOException {
    Path file = folder.path().resolve("vectors.bin");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> WordVectorsFolder.read(folder.path()));
    assertTrue(refusal.getMessage().contains("damaged or was changed"), refusal.getMessage());
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    Path file = folder.path().resolve("vectors.json");
    String text = Files.readString(file).replace("\"version\" : 1", "\"version\" : 7");
    Files.writeString(file, text);
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> WordVectorsFolder.read(folder.path()));
    assertTrue(refusal.getMessage().contains("version 7"), refusal.getMessage());
  }

  @Test
  void aFolderThatIsNotEmptyOrHoldsNoVectorsIsRefused() {
    CorpusSide text =
        new CorpusSide(
            List.of(new CorpusFiles("data/test.tsv")),
            Language.ZH,
            new WordSegmenter(WordSegmenter.Kind.CHARACTER, false));
    Word2VecSettings settings = Word2VecSettings.builder(Word2VecAlgorithm.CBOW).build();
    assertThrows(
        InvalidInputException.class,
        () -> folder.train(text, settings, ModelCard.Words.DEFAULT, progress -> {}));
    assertThrows(InvalidInputException.class, () -> WordVectorsFolder.read(temporary));
  }

  @Test
  void plainSentencesAreAddedToThoseOfPairs() throws IOException {
    Path plain = Files.writeString(temporary.resolve("more.en"), "A zebra ran. A zebra slept.\n");
    List<List<String>> sentences = new ArrayList<>();
    new CorpusSide(
            List.of(new CorpusFiles("data/test.tsv"), new CorpusFiles(plain.toString())),
            Language.EN,
            new WordSegmenter(WordSegmenter.Kind.WORD, true))
        .forEach(sentences::add);
    assertEquals(301, sentences.size());
    assertTrue(sentences.get(300).contains("zebra"));
    Path chinese = Files.writeString(temporary.resolve("more.zh"), "你好。\n");
    CorpusSide wrong =
        new CorpusSide(
            List.of(new CorpusFiles(chinese.toString())),
            Language.EN,
            new WordSegmenter(WordSegmenter.Kind.WORD, true));
    assertEquals(
        chinese + " is named as Chinese text; expected English",
        assertThrows(InvalidInputException.class, () -> wrong.forEach(words -> {})).getMessage());
  }

  @Test
  void corporaThatAreElsewhereAreNamed() {
    assertEquals(List.of(), folder.missingCorpora(HOME));
    assertEquals(List.of("data/test.tsv"), folder.missingCorpora(temporary));
  }

  @Test
  void theCardNamesNeighborsAndTheCorpus() throws IOException {
    String card = Files.readString(folder.path().resolve("README.md"));
    assertTrue(card.contains("English words, trained with skip-gram"), card);
    assertTrue(card.contains("`data/test.tsv`"), card);
    String word = learned.word(60);
    assertTrue(card.contains("| " + word + " | "), card);
  }
}
