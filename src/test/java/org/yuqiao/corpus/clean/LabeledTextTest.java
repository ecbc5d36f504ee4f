package org.yuqiao.corpus.clean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.corpus.batch.LabeledBatch;
import org.yuqiao.corpus.pair.ClassifiedSentence;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.corpus.pair.TaggedSentence;
import org.yuqiao.corpus.read.ConllReader;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;

class LabeledTextTest {
  @TempDir private Path folder;

  private Path write(String text) throws IOException {
    Path file = folder.resolve("labels");
    Files.writeString(file, text);
    return file;
  }

  @Test
  void columnsAreReadByTabsOrSpacesSentenceBySentence() throws IOException {
    Path file = write("\n我\tS\tS-r\n们\tE\tE-r\n\n\nEU B-ORG\nrejects O\n");
    List<TaggedSentence> sentences = ConllReader.all(file, 2);
    assertEquals(2, sentences.size());
    assertEquals(List.of("我", "们"), sentences.get(0).tokens());
    assertEquals(List.of("S", "E"), sentences.get(0).labels());
    assertEquals(List.of("B-ORG", "O"), sentences.get(1).labels());
    assertTrue(sentences.get(1).origin().endsWith("line 6"), sentences.get(1).origin());
    assertEquals(List.of("S-r", "E-r"), ConllReader.all(file, 0).get(0).labels());
  }

  @Test
  void aLineWithTooFewColumnsIsNamed() throws IOException {
    Path file = write("我\tS\n们\n");
    String message =
        assertThrows(InvalidInputException.class, () -> ConllReader.all(file, 0)).getMessage();
    assertTrue(message.contains("line 2") && message.contains("2 columns"), message);
    assertThrows(InvalidInputException.class, () -> ConllReader.all(file, 3));
  }

  @Test
  void aLineOfALabelAndATextIsReadAndOneWithoutATabNamed() throws IOException {
    Path file = write("question\t你好吗\nstatement\ta\tb\n");
    assertEquals("a\tb", ClassifiedSentence.all(file).get(1).text());
    Path wrong = write("question\t你好吗\nno label\n");
    String message =
        assertThrows(InvalidInputException.class, () -> ClassifiedSentence.all(wrong)).getMessage();
    assertTrue(message.contains("line 2: expected a label, a tab and a text"), message);
  }

  @Test
  void wordsBecomePlacesAndPartsOfSpeech() {
    String labels = LabelMaker.TAGGING.label("我喜欢图书馆。", Language.ZH).orElseThrow();
    List<String> rows = Arrays.asList(labels.split("\n"));
    assertEquals(List.of("我\tS\tS-r", "喜\tB\tB-v", "欢\tE\tE-v"), rows.subList(0, 3));
    assertEquals(List.of("图\tB\tB-n", "书\tM\tM-n", "馆\tE\tE-n", "。\tS\tS-w"), rows.subList(3, 7));
    assertTrue(labels.endsWith("\n\n"));
    assertThrows(InvalidInputException.class, () -> LabelMaker.TAGGING.label("I do", Language.EN));
  }

  @Test
  void theMarkAtTheEndBecomesTheLabelAndIsTakenAway() {
    assertEquals(
        Optional.of("question\t你好吗\n"), LabelMaker.CLASSIFICATION.label("你好吗？", Language.ZH));
    assertEquals(
        Optional.of("exclamation\tStop\n"), LabelMaker.CLASSIFICATION.label("Stop!", Language.EN));
    assertEquals(
        Optional.of("statement\tHe said: \"No\n"),
        LabelMaker.CLASSIFICATION.label("He said: \"No.\"", Language.EN));
    assertEquals(Optional.empty(), LabelMaker.CLASSIFICATION.label("Well...", Language.EN));
    assertEquals(Optional.empty(), LabelMaker.CLASSIFICATION.label("No mark", Language.EN));
  }

  @Test
  void theLabelOfASentenceStandsAtItsEnd() {
    LabeledBatch batch =
        LabeledBatch.sentenceLabels(
            List.of(
                new Example(new int[] {7, 8}, new int[] {3}),
                new Example(new int[] {9}, new int[] {LabeledBatch.NONE})));
    assertEquals("[7, 8, 2, 9, 2, 0]", Arrays.toString(batch.tokens()));
    assertEquals("[0, 0, 3, 0, 0, 0]", Arrays.toString(batch.labels()));
    assertEquals("[0.0, 0.0, 1.0, 0.0, 0.0, 0.0]", Arrays.toString(batch.labelMask()));
  }

  @Test
  void tokensWithoutALabelCountNothing() {
    LabeledBatch batch =
        LabeledBatch.tokenLabels(
            List.of(new Example(new int[] {7, 8, 9}, new int[] {1, LabeledBatch.NONE, 0})));
    assertEquals("[1.0, 0.0, 1.0, 0.0]", Arrays.toString(batch.labelMask()));
    assertEquals(2, batch.labelCount());
  }
}
