package org.yuqiao.files.shard;

import java.io.Serializable;
import java.util.Locale;
import org.yuqiao.files.InvalidInputException;

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

  /**
   * Refuses a file that is not this shard.
   *
   * @param name of the file, for the message
   * @param actual the number of bytes in it
   * @throws InvalidInputException when the size is another
   */
  public void requireSize(String name, long actual) {
    InvalidInputException.require(
        actual == bytes,
        String.format(
            Locale.ROOT,
            "%s has %,d bytes, but its manifest says %,d; it was changed or cut off",
            name,
            actual,
            bytes));
  }

  /**
   * Refuses a file that is not this shard.
   *
   * @param name of the file, for the message
   * @param actual the SHA-256 of its content
   * @throws InvalidInputException when the hash is another
   */
  public void requireHash(String name, String actual) {
    InvalidInputException.require(
        actual.equals(sha256), name + " was changed: its SHA-256 is not that of its manifest");
  }
}
