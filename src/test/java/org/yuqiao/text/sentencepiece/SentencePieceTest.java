package org.yuqiao.text.sentencepiece;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.files.InvalidInputException;

/** The reference is the SentencePiece library; {@code make_fixtures.py} made what it gives. */
class SentencePieceTest {
  private static final Path FOLDER = Path.of("src/test/resources/org/yuqiao/text/sentencepiece");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path temporary;

  private static Path model(String name) {
    return FOLDER.resolve(name + ".model");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unigram", "unigram-bytes", "bpe", "bpe-unknown"})
  void piecesIdsAndTextAreThoseOfTheLibrary(String name) throws IOException {
    SentencePiece tokenizer = SentencePiece.read(model(name));
    for (String line : Files.readAllLines(FOLDER.resolve(name + ".jsonl"))) {
      JsonNode expected = JSON.readTree(line);
      String text = expected.get("text").asText();
      List<String> pieces = new ArrayList<>();
      expected.get("pieces").forEach(piece -> pieces.add(piece.asText()));
      assertEquals(pieces, tokenizer.cut(text), line);
      int[] ids = JSON.convertValue(expected.get("ids"), int[].class);
      assertArrayEquals(ids, tokenizer.encode(text), line);
      assertEquals(expected.get("decoded").asText(), tokenizer.decode(ids), line);
    }
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = temporary.resolve("a.spm");
    assertEquals(
        "there is no file " + file,
        assertThrows(InvalidInputException.class, () -> SentencePiece.read(file)).getMessage());
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path text = Files.writeString(temporary.resolve("a.spm"), "This is text.\n");
    assertThrows(InvalidInputException.class, () -> SentencePiece.read(text));
    Path empty = Files.write(temporary.resolve("b.spm"), new byte[0]);
    assertEquals(
        empty + " has no unknown piece",
        assertThrows(InvalidInputException.class, () -> SentencePiece.read(empty)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"unigram", "bpe"})
  void damagedFilesAreRefusedOrWorkButNeverFailOtherwise(String name) throws IOException {
    byte[] whole = Files.readAllBytes(model(name));
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 60; i++) {
      byte[] damaged =
          Arrays.copyOf(whole, i % 2 == 0 ? random.nextInt(whole.length) : whole.length);
      for (int j = 0; j < 4 && damaged.length > 0; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Path file = Files.write(temporary.resolve("c.spm"), damaged);
      try {
        SentencePiece tokenizer = SentencePiece.read(file);
        tokenizer.decode(tokenizer.encode("你好, ① world! 😀"));
      } catch (InvalidInputException refusal) {
        assertTrue(refusal.getMessage().length() < 300, refusal.getMessage());
      }
    }
  }

  @Test
  void theTextIsNormalizedAsTheFileSays() throws IOException {
    SentencePiece tokenizer = SentencePiece.read(model("unigram"));
    assertEquals("▁ABC▁123", tokenizer.normalize(" ＡＢＣ　１２３ "));
  }

  private static void piece(CodedOutputStream out, String text, int type, float score)
      throws IOException {
    byte[] bytes = new byte[30 + 3 * text.length()];
    CodedOutputStream piece = CodedOutputStream.newInstance(bytes);
    piece.writeString(1, text);
    piece.writeFloat(2, score);
    piece.writeEnum(3, type);
    out.writeByteArray(1, Arrays.copyOf(bytes, piece.getTotalBytesWritten()));
  }

  private Path made(IoConsumer content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    piece(out, "<unk>", 2, 0);
    content.accept(out);
    out.flush();
    return Files.write(temporary.resolve("m.model"), bytes.toByteArray());
  }

  private interface IoConsumer {
    void accept(CodedOutputStream out) throws IOException;
  }

  @Test
  void aPieceForAByteMustNameIt() throws IOException {
    Path file = made(out -> piece(out, "<0x>", 6, 0));
    assertEquals(
        file + ": piece 1 is a byte called '<0x>'; expected such as <0x0A>",
        assertThrows(InvalidInputException.class, () -> SentencePiece.read(file)).getMessage());
  }

  @Test
  void unusedPiecesInsideOneAnotherAreCutHoweverMany() throws IOException {
    int depth = 3000;
    Path file =
        made(
            out -> {
              piece(out, "a", 1, 0);
              for (int length = 2; length <= depth; length++) {
                piece(out, "a".repeat(length), 5, length);
              }
              out.writeByteArray(2, new byte[] {3 << 3, 2}); // trainer_spec: BPE
              out.writeByteArray(3, new byte[] {3 << 3, 0}); // normalizer_spec: no dummy prefix
            });
    assertEquals(depth, SentencePiece.read(file).encode("a".repeat(depth)).length);
  }
}
