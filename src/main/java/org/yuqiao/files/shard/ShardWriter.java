package org.yuqiao.files.shard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.yuqiao.files.Sha256;

/** Writes the lines of a shard and computes its size and hash. */
public final class ShardWriter {
  private final OutputStream out;
  private final MessageDigest digest = Sha256.digest();
  private long lines;
  private long bytes;

  /** Writes to {@code out}, which should be buffered and stays open. */
  public ShardWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes a line in UTF-8 and its line feed. */
  public void line(String text) throws IOException {
    byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
    out.write(line);
    digest.update(line);
    lines++;
    bytes += line.length;
  }

  /** The shard that was written, called {@code file}. */
  public Shard finish(String file) {
    return new Shard(file, lines, bytes, HexFormat.of().formatHex(digest.digest()));
  }
}
