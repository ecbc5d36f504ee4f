package org.yuqiao.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.BadInput;

/**
 * Settings as YAML: an experiment's file on top of the defaults, {@code --set} on top of both,
 * checked once.
 */
public final class SettingsFile {
  private static final YAMLMapper YAML =
      YAMLMapper.builder(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER))
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .annotationIntrospector(new HyphenatedNames())
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private SettingsFile() {}

  /**
   * Reads an experiment.
   *
   * @param overrides as "section.key=value"
   * @throws BadInput naming the file and the key that is wrong
   */
  public static ExperimentSettings read(Path file, List<String> overrides) {
    ObjectNode tree = defaults();
    merge(tree, parse(file), "", file.toString());
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals < 1) {
        throw new BadInput("--set " + override + ": expected key=value, as train.minutes=30");
      }
      set(tree, override.substring(0, equals), override.substring(equals + 1));
    }
    return convert(tree, file.toString());
  }

  private static ObjectNode defaults() {
    try (InputStream in = SettingsFile.class.getResourceAsStream("defaults.yaml")) {
      return (ObjectNode) YAML.readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException("the defaults are part of the program", e);
    }
  }

  private static JsonNode parse(Path file) {
    try {
      return YAML.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new BadInput("there is no file " + file, e);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      String problem = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new BadInput(file + ", line " + line + ": not YAML: " + problem, e);
    } catch (IOException e) {
      throw new BadInput("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static void merge(ObjectNode into, JsonNode from, String prefix, String file) {
    if (from.isMissingNode() || from.isNull()) {
      return;
    }
    if (!from.isObject()) {
      throw new BadInput(
          file
              + ": expected keys and values"
              + (prefix.isEmpty() ? "" : " under '" + prefix + "'"));
    }
    from.properties()
        .forEach(
            entry -> {
              String key = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
              JsonNode old = into.get(entry.getKey());
              if (old == null) {
                throw new BadInput(file + ": unknown key '" + key + "'; known are " + keys(into));
              }
              if (old.isObject()) {
                merge((ObjectNode) old, entry.getValue(), key, file);
              } else {
                into.set(entry.getKey(), entry.getValue());
              }
            });
  }

  private static String keys(ObjectNode node) {
    return node.properties().stream().map(e -> e.getKey()).collect(Collectors.joining(", "));
  }

  private static void set(ObjectNode tree, String key, String value) {
    ObjectNode node = tree;
    String[] path = key.split("\\.");
    for (int i = 0; i + 1 < path.length; i++) {
      if (!(node.get(path[i]) instanceof ObjectNode inner)) {
        throw new BadInput(
            "--set " + key + ": unknown key '" + path[i] + "'; known are " + keys(node));
      }
      node = inner;
    }
    String last = path[path.length - 1];
    if (!node.has(last)) {
      throw new BadInput("--set " + key + ": unknown key '" + last + "'; known are " + keys(node));
    }
    try {
      node.set(last, YAML.readTree(value));
    } catch (JsonProcessingException e) {
      throw new BadInput("--set " + key + ": '" + value + "' is not a value", e);
    }
  }

  private static ExperimentSettings convert(JsonNode tree, String file) {
    try {
      return YAML.treeToValue(tree, ExperimentSettings.class);
    } catch (UnrecognizedPropertyException e) {
      throw new BadInput(file + ": unknown key '" + path(e) + "'", e);
    } catch (InvalidFormatException e) {
      throw new BadInput(file + ": key '" + path(e) + "': " + expected(e), e);
    } catch (JsonMappingException e) {
      Throwable cause = e;
      while (cause != null) {
        if (cause instanceof BadInput refusal) {
          throw new BadInput(file + ": " + refusal.getMessage(), e);
        }
        cause = cause.getCause();
      }
      throw new BadInput(file + ": key '" + path(e) + "': " + e.getOriginalMessage(), e);
    } catch (JsonProcessingException e) {
      throw new BadInput(file + ": " + e.getOriginalMessage(), e);
    }
  }

  private static String expected(InvalidFormatException e) {
    return e.getTargetType().isEnum()
        ? "'" + e.getValue() + "' is unknown; allowed are " + HyphenatedNames.of(e.getTargetType())
        : e.getOriginalMessage();
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .filter(name -> name != null)
        .collect(Collectors.joining("."));
  }

  /** Writes all settings in full. */
  public static void write(ExperimentSettings settings, Path file) {
    AtomicFile.write(file, out -> YAML.writeValue(out, settings));
  }
}
