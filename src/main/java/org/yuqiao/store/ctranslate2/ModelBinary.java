package org.yuqiao.store.ctranslate2;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yuqiao.files.AtomicFile;

/**
 * The content of a {@code model.bin}: variables by name, and aliases of them. Binary version 6 of
 * CTranslate2, {@code ModelSpec._serialize}.
 */
final class ModelBinary {
  private static final int BINARY_VERSION = 6;
  private static final String SPEC = "TransformerSpec";
  private static final int REVISION = 7;

  private final SortedMap<String, SpecVariable> variables = new TreeMap<>();
  private final SortedMap<String, String> aliases = new TreeMap<>();

  void put(String name, SpecVariable variable) {
    variables.put(name, variable);
  }

  /** Makes {@code alias} another name of the variable {@code name}. */
  void alias(String alias, String name) {
    aliases.put(alias, name);
  }

  void write(Path file) {
    AtomicFile.write(
        file,
        out -> {
          number(out, BINARY_VERSION);
          text(out, SPEC);
          number(out, REVISION);
          number(out, variables.size());
          for (Map.Entry<String, SpecVariable> variable : variables.entrySet()) {
            text(out, variable.getKey());
            variable(out, variable.getValue());
          }
          number(out, aliases.size());
          for (Map.Entry<String, String> alias : aliases.entrySet()) {
            text(out, alias.getKey());
            text(out, alias.getValue());
          }
        });
  }

  private static void variable(OutputStream out, SpecVariable variable) throws IOException {
    out.write(variable.shape().length);
    for (int axis : variable.shape()) {
      number(out, axis);
    }
    out.write(variable.type().id());
    number(out, variable.bytes());
    out.write(variable.values().get());
  }

  private static void number(OutputStream out, int value) throws IOException {
    out.write(SpecVariable.buffer(Integer.BYTES).putInt(value).array());
  }

  /** Its length with the final zero as uint16, its bytes, the zero. */
  private static void text(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(SpecVariable.buffer(Short.BYTES).putShort((short) (bytes.length + 1)).array());
    out.write(bytes);
    out.write(0);
  }
}
