package org.yuqiao.files.shard;

import java.io.Serializable;
import java.util.Locale;

/**
 * One file of a text in shards.
 *
 * @param file its name in the folder
 * @param lines in the file
 * @param bytes of the file
 * @param sha256 of its content, in hexadecimal
 */
public record Shard(String file, long lines, long bytes, String sha256) implements Serializable {
  /**
   * The name of a shard.
   *
   * @param number of the shard, from 0
   * @param extension as ".tsv"
   */
  public static String name(long number, String extension) {
    return String.format(Locale.ROOT, "part-%05d%s", number, extension);
  }
}
