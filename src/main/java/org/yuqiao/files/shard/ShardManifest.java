package org.yuqiao.files.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.yuqiao.files.InvalidInputException;

/**
 * What is in a folder of shards.
 *
 * @param content what a line holds
 * @param recordsPerShard how many consecutive records of the input a shard was made of
 * @param totals counts of the whole by name
 * @param shards in order
 */
public record ShardManifest(
    String content, long recordsPerShard, Map<String, Object> totals, List<Shard> shards) {
  /** The name of the manifest in its folder. */
  public static final String FILE = "manifest.json";

  /** The name of the empty file that is written last. */
  public static final String COMPLETE = "_SUCCESS";

  /** The key of the shards, each of which is an object. */
  private static final String SHARDS = "shards";

  private static final Pattern SHARD_NAME = Pattern.compile("part-[0-9]{5,}\\.[a-z]+");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern LEFT_OVER =
      Pattern.compile("(part-[0-9]{5,}\\.[a-z]+|manifest\\.json)(\\.[0-9]+\\.tmp)?");

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * Refuses a folder that holds anything but what a writing that was killed left there.
   *
   * @param folder its name, for the message
   * @param names of the files in it
   * @throws InvalidInputException when it is complete or holds something else
   */
  public static void requireUnfinished(String folder, List<String> names) {
    InvalidInputException.require(
        names.stream().allMatch(name -> LEFT_OVER.matcher(name).matches()),
        folder + " is not empty; choose another folder");
  }

  /**
   * Refuses a folder whose writing was not finished.
   *
   * @param folder its name, for the message
   * @param has whether it holds a file
   * @throws InvalidInputException when the manifest or the mark of completeness is missing
   */
  public static void requireComplete(String folder, Predicate<String> has) {
    for (String file : List.of(FILE, COMPLETE)) {
      InvalidInputException.require(
          has.test(file),
          folder
              + " is a folder without "
              + file
              + "; expected a file, or a folder that data clean --out has finished");
    }
  }

  /** The manifest as JSON, the same on every machine. */
  public String toJson() {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("content", content);
    manifest.put("recordsPerShard", recordsPerShard);
    manifest.put("lines", shards.stream().mapToLong(Shard::lines).sum());
    manifest.put("totals", totals);
    manifest.put(SHARDS, shards);
    try {
      return JSON.writeValueAsString(manifest).replace("\r\n", "\n") + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest of text and numbers is JSON", e);
    }
  }

  /**
   * A manifest that was read as JSON.
   *
   * @param name of its file, for messages
   * @throws InvalidInputException when something is missing or of another kind
   */
  public static ShardManifest of(JsonNode root, String name) {
    InvalidInputException.require(
        root.path("content").isTextual()
            && root.path("recordsPerShard").canConvertToLong()
            && root.path("totals").isObject()
            && root.path(SHARDS).isArray(),
        name + " is not the manifest of a folder of shards");
    Map<String, Object> totals = new LinkedHashMap<>();
    root.get("totals").properties().forEach(total -> totals.put(total.getKey(), total.getValue()));
    List<Shard> shards = new ArrayList<>();
    root.get(SHARDS)
        .forEach(shard -> shards.add(shard(shard, name + ", shard " + (shards.size() + 1))));
    return new ShardManifest(
        root.get("content").asText(), root.get("recordsPerShard").asLong(), totals, shards);
  }

  private static Shard shard(JsonNode shard, String place) {
    InvalidInputException.require(
        SHARD_NAME.matcher(shard.path("file").asText()).matches()
            && shard.path("lines").canConvertToLong()
            && shard.path("bytes").canConvertToLong()
            && SHA_256.matcher(shard.path("sha256").asText()).matches(),
        place + ": expected the file, lines, bytes and sha256 of a shard");
    return new Shard(
        shard.get("file").asText(),
        shard.get("lines").asLong(),
        shard.get("bytes").asLong(),
        shard.get("sha256").asText());
  }

  /**
   * Refuses a folder of something else.
   *
   * @param folder its name, for the message
   * @param expected what a line must hold
   * @throws InvalidInputException when a line holds something else
   */
  public void requireContent(String folder, String expected) {
    InvalidInputException.require(
        content.equals(expected), folder + " holds " + content + "; expected " + expected);
  }
}
