package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.cli.ProgramProcess.Result;

/** The options of {@code import} and {@code export} with imported models. */
class ImportCommandTest {
  private static final Path MODELS = Path.of("src/test/resources/org/yuqiao/store/marian");

  @TempDir private Path folder;

  private Result imported(String model, String... options) {
    String[] common = {"import", MODELS.resolve(model).toString(), "--out", out().toString()};
    String[] all = new String[common.length + options.length];
    System.arraycopy(common, 0, all, 0, common.length);
    System.arraycopy(options, 0, all, common.length, options.length);
    return InProcess.run("", all);
  }

  private Path out() {
    return folder.resolve("model");
  }

  @Test
  void theCardNamesOriginFormatAndLicense() throws IOException {
    Result result = imported("shared", "--license", "CC BY 4.0");
    assertEquals(0, result.exit(), result.err());
    String card = Files.readString(out().resolve("README.md"));
    assertTrue(card.startsWith("# model\n"), card);
    assertTrue(card.contains("translates Chinese into English"), card);
    assertTrue(card.contains("from `shared`, a Marian model of Hugging Face"), card);
    assertTrue(card.contains("| `model.layerNorm` | `post` |"), card);
    assertTrue(card.endsWith("## License\n\nCC BY 4.0\n"), card);
    assertFalse(card.contains("{{"), card);
  }

  @Test
  void theCardOfAStudentSaysThatTheLicenseIsThatOfItsAuthors() throws IOException {
    Path student = Files.createDirectory(folder.resolve("tiny"));
    for (String name : new String[] {"model.zhen.intgemm.alphas.bin.gz", "vocab.zhen.spm.gz"}) {
      Files.copy(MODELS.resolve("student").resolve(name), student.resolve(name));
    }
    Result result = InProcess.run("", "import", student.toString(), "--out", out().toString());
    assertEquals(0, result.exit(), result.err());
    String card = Files.readString(out().resolve("README.md"));
    assertTrue(card.contains("from `tiny`, a binary model of the Marian toolkit"), card);
    assertTrue(card.endsWith("That of the model's authors; see its page.\n"), card);
  }

  @ParameterizedTest
  @CsvSource({
    "shared, --direction, de-fr, 1, de-fr",
    "shared, --target-language, cmn_Hans, 1, cmn_Hans",
    "multilingual, --target-language, deu, 1, deu",
    "none, --direction, zh-en, 1, there is no folder",
    "shared, --nothing, x, 2, --nothing",
  })
  void aWrongOptionIsRefusedInASentence(
      String model, String option, String value, int exit, String problem) {
    Result result = imported(model, option, value);
    assertEquals(exit, result.exit(), result.err());
    assertTrue(result.err().contains(problem), result.err());
    assertFalse(result.err().contains("\tat "), result.err());
    assertFalse(Files.exists(out().resolve("model.json")));
  }

  @Test
  void anImportedModelIsExportedAsTheClassThatItsFormatNames() {
    assertEquals(0, imported("separate").exit());
    String[] export = {
      "export",
      "--model",
      out().toString(),
      "--format",
      "huggingface",
      "--out",
      folder.resolve("exported").toString()
    };
    Result result = InProcess.run("", export);
    assertEquals(0, result.exit(), result.err());
    assertTrue(result.err().contains("the class marian (MarianMTModel)"), result.err());
    Result again = InProcess.run("", export);
    assertEquals(1, again.exit());
    assertTrue(again.err().contains("is not empty"), again.err());
  }
}
