package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.cli.ProgramProcess.Result;

/** Damaged and hostile models of others: {@code yuqiao import} refuses each in a sentence. */
@Tag("slow")
class HostileModelsTest {
  private static final Path MODELS = Path.of("src/test/resources/org/yuqiao/store/marian");

  @TempDir private Path folder;

  private void assertRefused(Path model, String problem) {
    Path out = folder.resolve("out");
    Result result = InProcess.run("", "import", model.toString(), "--out", out.toString());
    assertEquals(1, result.exit(), result.err());
    assertTrue(result.err().contains(problem), result.err());
    assertEquals(1, result.err().strip().lines().count(), result.err());
    assertFalse(Files.exists(out.resolve("model.json")));
  }

  private Path copy(String name) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(name));
    try (var files = Files.list(MODELS.resolve(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  @ParameterizedTest
  @CsvSource({
    "model.safetensors, model.safetensors",
    "config.json, config.json",
    "vocab.json, vocab.json",
    "source.spm, source.spm",
    "target.spm, target.spm",
  })
  void aTruncatedFileIsRefused(String name, String problem) throws IOException {
    Path model = copy("shared");
    truncate(model.resolve(name));
    assertRefused(model, problem);
  }

  private static void truncate(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, content.length / 2));
  }

  @ParameterizedTest
  @CsvSource({
    "config.json, '\"d_model\": 16', '\"d_model\": 32', has the shape",
    "config.json, '\"encoder_layers\": ', '\"encoder_layers\": 1', there is no tensor",
    "vocab.json, '\"<pad>\": ', '\"<pad>\": 9', has the id 9",
    "vocab.json, '\"<pad>\": ', '\"<pad>\": -', has the id -",
    "vocab.json, '\"</s>\": 0', '\"</s>\": 1', both have id 1",
    "vocab.json, '\"</s>\"', '\"</S>\"', there is no token </s>",
  })
  void aShapeOrAVocabularyThatDoesNotFitIsRefused(
      String name, String text, String other, String problem) throws IOException {
    Path model = copy("shared");
    Path file = model.resolve(name);
    String content = Files.readString(file);
    assertTrue(content.contains(text), content);
    Files.writeString(
        file, content.replaceFirst(Pattern.quote(text), Matcher.quoteReplacement(other)));
    assertRefused(model, problem);
  }

  @ParameterizedTest
  @CsvSource({
    "'\u0080\u0002cposix\nsystem\nX\u0002\u0000\u0000\u0000ls\u0085R.', posix.system",
    "'\u0080\u0002c__builtin__\neval\nX\u0001\u0000\u0000\u00001\u0085R.', __builtin__.eval",
    "'\u0080\u0004\u008c\u0008builtins\u008c\u0004exec\u0093\u008c\u00011\u0085R.', builtins.exec",
    "'\u0080\u0002ctorch.serialization\nload\n)R.', torch.serialization.load",
    "'\u0080\u0002(S''ls''\niposix\nsystem\n.', opcode",
  })
  void aPickleThatCallsAFunctionIsRefused(String pickle, String problem) throws IOException {
    byte[] content = pickle.getBytes(StandardCharsets.ISO_8859_1);
    Path model = copy("shared");
    Files.delete(model.resolve("model.safetensors"));
    Path weights = model.resolve("pytorch_model.bin");
    Files.write(weights, content);
    assertRefused(model, problem);
    try (OutputStream out = Files.newOutputStream(weights);
        ZipOutputStream archive = new ZipOutputStream(out)) {
      archive.putNextEntry(new ZipEntry("archive/data.pkl"));
      archive.write(content);
    }
    assertRefused(model, problem);
  }

  /** In the normalizer: its name, its map's length in three bytes, then the map itself. */
  private static void breakTrie(Path pieces, int from, int to) throws IOException {
    byte[] content = Files.readAllBytes(pieces);
    String name = "nmt_nfkc\u0012";
    int map =
        new String(content, StandardCharsets.ISO_8859_1).lastIndexOf(name) + name.length() + 3;
    Arrays.fill(content, map + from, map + to, (byte) 0xFC);
    Files.write(pieces, content);
  }

  @ParameterizedTest
  @CsvSource({"source.spm, 0, 3", "source.spm, 4, 8", "source.spm, 4, 4000"})
  void piecesWithABrokenTrieAreRefused(String name, int from, int to) throws IOException {
    Path model = copy("shared");
    breakTrie(model.resolve(name), from, to);
    assertRefused(model, name + ": the character map");
  }

  /** A student with plain files. */
  private Path student() throws IOException {
    Path student = Files.createDirectory(folder.resolve("tiny"));
    for (String name : new String[] {"model.zhen.bin", "vocab.zhen.spm"}) {
      Path file = MODELS.resolve("student").resolve(name + ".gz");
      try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
        Files.write(student.resolve(name), in.readAllBytes());
      }
    }
    return student;
  }

  @ParameterizedTest
  @CsvSource({"model.zhen.bin", "vocab.zhen.spm"})
  void aTruncatedFileOfAStudentIsRefused(String name) throws IOException {
    Path student = student();
    truncate(student.resolve(name));
    assertRefused(student, name);
  }

  @ParameterizedTest
  @CsvSource({
    "'dim-emb: 32', 'dim-emb: 64', has the shape",
    "'dec-cell: ssru', 'dec-cell: lstm', dec-cell is"
  })
  void settingsOfAStudentThatDoNotFitAreRefused(String text, String other, String problem)
      throws IOException {
    Path student = student();
    replace(student.resolve("model.zhen.bin"), text, other);
    assertRefused(student, problem);
  }

  /** Replaces bytes by as many others. */
  private static void replace(Path file, String text, String other) throws IOException {
    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertTrue(content.contains(text));
    Files.writeString(file, content.replace(text, other), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({"<unk>, no token <unk>", "</s>, no token </s>"})
  void aVocabularyOfAStudentWithAHoleIsRefused(String piece, String problem) throws IOException {
    Path student = student();
    replace(student.resolve("vocab.zhen.spm"), piece, "x".repeat(piece.length()));
    assertRefused(student, problem);
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "4, 8"})
  void piecesOfAStudentWithABrokenTrieAreRefused(int from, int to) throws IOException {
    Path student = student();
    Path pieces = student.resolve("vocab.zhen.spm");
    Files.write(pieces, Files.readAllBytes(MODELS.resolve("shared/source.spm")));
    breakTrie(pieces, from, to);
    assertRefused(student, "vocab.zhen.spm: the character map");
  }
}
