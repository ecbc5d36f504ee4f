package org.yuqiao.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.files.InvalidInputException;

class ModelManifestTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private String refusal(Consumer<ObjectNode> change) throws IOException {
    Path weights = Files.writeString(folder.resolve("weights"), "w");
    new ModelManifest(
            ModelManifest.FORMAT,
            ModelManifest.VERSION,
            "zh-en",
            1,
            Map.of("weights", ModelManifest.Contents.of(weights)),
            List.of(),
            Map.of("bleu", 1.0),
            Map.of())
        .write(folder);
    Path file = folder.resolve("model.json");
    ObjectNode root = (ObjectNode) JSON.readTree(Files.readString(file));
    change.accept(root);
    Files.writeString(file, root.toString());
    return assertThrows(
            InvalidInputException.class,
            () -> ModelManifest.read(folder).orElseThrow().check(folder))
        .getMessage();
  }

  @Test
  void everyMissingOrEmptyKeyIsNamed() throws IOException {
    for (String key :
        List.of("format", "version", "direction", "parameters", "files", "test", "scores")) {
      String missing = refusal(root -> root.remove(key));
      assertTrue(missing.endsWith("model.json is damaged: there is no key '" + key + "'"), missing);
    }
    for (String key : List.of("format", "files", "scores", "signatures")) {
      String empty = refusal(root -> root.putNull(key));
      assertTrue(empty.contains("key '" + key + "' is empty"), empty);
    }
    assertTrue(refusal(root -> root.putObject("scores").putNull("bleu")).contains("'scores"));
    assertTrue(refusal(root -> root.put("files", 3)).contains("key 'files' has another type"));
  }

  @Test
  void hashesAndNamesOfFilesAreChecked() throws IOException {
    String hash = "0".repeat(64);
    String shortHash =
        refusal(
            root ->
                root.withObjectProperty("files")
                    .putObject("weights")
                    .put("bytes", 1)
                    .put("sha256", "ab"));
    assertTrue(shortHash.contains("'ab' is not a SHA-256"), shortHash);
    String noHash =
        refusal(root -> root.withObjectProperty("files").putObject("weights").put("bytes", 1));
    assertTrue(noHash.contains("sha256"), noHash);
    for (String name : List.of("../weights", "/etc/passwd", "")) {
      String outside =
          refusal(
              root -> root.putObject("files").putObject(name).put("bytes", 1).put("sha256", hash));
      assertTrue(outside.contains("not in the folder itself"), outside);
    }
    String other =
        refusal(
            root ->
                root.putObject("files").putObject("weights").put("bytes", 1).put("sha256", hash));
    assertTrue(other.contains("is damaged or was changed"), other);
  }

  @Test
  void otherTextIsNoManifest() throws IOException {
    Path file = folder.resolve("model.json");
    Map<String, String> problems =
        Map.of(
            "", "it is empty",
            "{\"format\": ", "line 1: it ends before it is complete",
            "{\n\"format\" \"x\"}", "line 2: it is not well-formed",
            "[]", "the value has another type",
            "null", "is damaged");
    for (Map.Entry<String, String> problem : problems.entrySet()) {
      Files.writeString(file, problem.getKey());
      String message =
          assertThrows(InvalidInputException.class, () -> ModelManifest.read(folder)).getMessage();
      assertTrue(message.contains(problem.getValue()), message);
    }
    assertEquals(true, ModelManifest.read(folder.resolve("none")).isEmpty());
  }

  @Test
  void aNameThatNoFileCanHaveIsRefused() throws IOException {
    String message =
        refusal(
            root ->
                root.putObject("files")
                    .putObject("a\0b")
                    .put("bytes", 1)
                    .put("sha256", "0".repeat(64)));
    assertTrue(message.contains("'a\\u0000b' is not a path"), message);
  }
}
