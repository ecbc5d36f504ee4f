package org.yuqiao.settings;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yuqiao.files.FilePath;
import org.yuqiao.files.InputFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.JsonError;
import org.yuqiao.train.Checkpoints;

/**
 * Unchecked settings: the defaults with overlays. A key may be written as a tree ({@code train:
 * {minutes: 3}}) or with dots ({@code train.minutes: 3}).
 */
public final class SettingsTree {
  public static final YAMLMapper YAML =
      YAMLMapper.builder(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER))
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .annotationIntrospector(new HyphenatedNames())
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .build();

  /** The maximum size of a file, that of the YAML parser. */
  private static final int MAX_BYTES = 3 << 20;

  private static final Pattern NOT_FINITE =
      Pattern.compile("[+-]?\\.?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

  private final ObjectNode root;

  private SettingsTree(ObjectNode root) {
    this.root = root;
  }

  /** The defaults. */
  public static SettingsTree defaults() {
    try {
      return new SettingsTree((ObjectNode) YAML.readTree(defaultsText()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the defaults are part of the program", e);
    }
  }

  /** The text of {@code defaults.yaml} with its comments. */
  static String defaultsText() {
    try (InputStream in = SettingsTree.class.getResourceAsStream("defaults.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the defaults are part of the program", e);
    }
  }

  /** The tree of {@code settings}. */
  public static SettingsTree of(ExperimentSettings settings) {
    return new SettingsTree(YAML.valueToTree(settings));
  }

  /**
   * A YAML file as a tree.
   *
   * @throws InvalidInputException when it cannot be read, is no YAML, or has a key twice
   */
  public static JsonNode parse(Path file) {
    try {
      return YAML.readTree(InputFile.bytes(file, MAX_BYTES));
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("there is no file " + file, e);
    } catch (JsonProcessingException e) {
      boolean tab = e.getOriginalMessage().contains("(TAB)");
      throw new InvalidInputException(
          file
              + ": not YAML: "
              + JsonError.message(e)
              + (tab ? " (YAML is indented with spaces, not with tabs)" : ""),
          e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  /**
   * Values to put over settings.
   *
   * @param source their file or option, for error messages
   */
  public record Overlay(JsonNode values, String source) {
    /** One value by its full key. */
    public static Overlay of(String key, JsonNode value, String source) {
      return new Overlay(YAML.createObjectNode().set(key, value), source);
    }

    private boolean replacesCorpora() {
      return values.has("data.train") || values.path("data").has("train");
    }
  }

  /** These settings with {@code values} over them; see {@link #with(List)}. */
  public SettingsTree with(JsonNode values, String source) {
    return with(List.of(new Overlay(values, source)));
  }

  /**
   * These settings with all {@code overlays} over them, a later one over an earlier one. Other
   * corpora in {@code data.train} begin without the {@code data.weights} of those that they
   * replace; weights that are among the overlays, before or after them, are theirs.
   *
   * @throws InvalidInputException for an unknown key
   */
  public SettingsTree with(List<Overlay> overlays) {
    ObjectNode copy = root.deepCopy();
    if (overlays.stream().anyMatch(Overlay::replacesCorpora)) {
      ((ObjectNode) copy.get("data")).putArray("weights");
    }
    overlays.forEach(overlay -> merge(copy, overlay.values(), "", overlay.source()));
    return new SettingsTree(copy);
  }

  /**
   * The defaults with what comes with the model of {@code start.model}: direction, subwords and
   * model; empty without such a model, or where its folder is gone.
   *
   * @param source the file of these settings, for error messages
   */
  Optional<SettingsTree> startedFrom(String source) {
    String model = root.path("start").path("model").asText();
    FilePath.require(model, source + ": start.model");
    Path file = Checkpoints.runOf(FilePath.of(model)).resolve(SettingsFile.OF_RUN);
    if (model.equals("none") || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    ObjectNode theirs = defaults().with(parse(file), file.toString()).root;
    ObjectNode base = defaults().root;
    for (String section : List.of("direction", "subwords", "model")) {
      base.set(section, theirs.get(section));
    }
    return Optional.of(new SettingsTree(base));
  }

  private static void merge(ObjectNode into, JsonNode from, String prefix, String source) {
    if (from.isMissingNode() || from.isNull()) {
      return;
    }
    if (!from.isObject()) {
      throw new InvalidInputException(
          source
              + ": expected keys and values"
              + (prefix.isEmpty() ? "" : " under '" + prefix + "'"));
    }
    from.properties()
        .forEach(
            entry -> {
              String key = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
              ObjectNode section = into;
              String[] path = entry.getKey().split("\\.", -1);
              for (int i = 0; i + 1 < path.length; i++) {
                if (!(section.get(path[i]) instanceof ObjectNode inner)) {
                  throw new InvalidInputException(
                      source + ": " + SettingsManual.load().unknown(key));
                }
                section = inner;
              }
              put(section, path[path.length - 1], entry.getValue(), key, source);
            });
  }

  private static void put(
      ObjectNode section, String name, JsonNode value, String key, String source) {
    JsonNode old = section.get(name);
    if (old == null) {
      throw new InvalidInputException(source + ": " + SettingsManual.load().unknown(key));
    }
    if (old.isObject()) {
      merge((ObjectNode) old, value, key, source);
    } else {
      InvalidInputException.require(
          !isNotFinite(value, old),
          source + ": key '" + key + "' must be a finite number, not " + value.asText());
      section.set(name, value);
    }
  }

  private static boolean isNotFinite(JsonNode value, JsonNode old) {
    return value.isFloatingPointNumber()
        ? !Double.isFinite(value.asDouble())
        : old.isNumber() && NOT_FINITE.matcher(value.asText()).matches();
  }

  /**
   * The settings as a checked record.
   *
   * @throws InvalidInputException with the wrong key and its allowed values
   */
  public ExperimentSettings check(String source) {
    try {
      return YAML.treeToValue(root, ExperimentSettings.class);
    } catch (JsonMappingException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof InvalidInputException refusal) {
          throw new InvalidInputException(source + ": " + refusal.getMessage(), e);
        }
      }
      throw new InvalidInputException(source + ": " + wrongValue(e), e);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(source + ": " + JsonError.message(e), e);
    }
  }

  private String wrongValue(JsonMappingException e) {
    String key =
        e.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .filter(name -> name != null)
            .collect(Collectors.joining("."));
    JsonNode value = root.at("/" + key.replace('.', '/'));
    return "key '"
        + key
        + "' cannot be "
        + (value.isNull() ? "empty" : "'" + inline(value) + "'")
        + SettingsManual.load().allowed(key).map(text -> "; allowed: " + text).orElse("");
  }

  /** The values by full key, as {@code train.minutes}. */
  public Map<String, JsonNode> flat() {
    Map<String, JsonNode> flat = new LinkedHashMap<>();
    flatten(root, "", flat);
    return flat;
  }

  private static void flatten(ObjectNode section, String prefix, Map<String, JsonNode> into) {
    section
        .properties()
        .forEach(
            entry -> {
              String key = prefix + entry.getKey();
              if (entry.getValue() instanceof ObjectNode inner) {
                flatten(inner, key + ".", into);
              } else {
                into.put(key, entry.getValue());
              }
            });
  }

  /** A value as text. */
  public static String inline(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }
}
