package org.yuqiao.files.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** The manifest as JSON, the same on every machine. */
  public String toJson() {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("content", content);
    manifest.put("recordsPerShard", recordsPerShard);
    manifest.put("lines", shards.stream().mapToLong(Shard::lines).sum());
    manifest.put("totals", totals);
    manifest.put("shards", shards);
    try {
      return JSON.writeValueAsString(manifest).replace("\r\n", "\n") + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest of text and numbers is JSON", e);
    }
  }
}
