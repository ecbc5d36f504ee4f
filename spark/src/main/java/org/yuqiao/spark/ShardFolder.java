package org.yuqiao.spark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.util.SerializableConfiguration;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.shard.Shard;
import org.yuqiao.files.shard.ShardManifest;
import org.yuqiao.files.shard.ShardWriter;

/**
 * A folder that tasks write shards into. A shard is written under a temporary name and renamed, so
 * that a task may be lost and repeated, or run twice at a time.
 */
final class ShardFolder implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String TEMPORARY = ".tmp";

  private final String name;
  private final String folder;
  private final SerializableConfiguration hadoop;

  private ShardFolder(String name, String folder, Configuration hadoop) {
    this.name = name;
    this.folder = folder;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  /**
   * Creates a folder; what a writing that was killed left there is deleted.
   *
   * @throws InvalidInputException when it holds something else, or cannot be made
   */
  static ShardFolder create(String name, Configuration hadoop) {
    try {
      Path given = new Path(name);
      // Executors have other working directories.
      Path path = given.getFileSystem(hadoop).makeQualified(given);
      ShardFolder created = new ShardFolder(name, path.toString(), hadoop);
      FileSystem files = created.files();
      files.mkdirs(path);
      FileStatus[] entries = files.listStatus(path);
      List<String> names = Arrays.stream(entries).map(entry -> entry.getPath().getName()).toList();
      ShardManifest.requireUnfinished(name, names);
      for (FileStatus leftOver : entries) {
        files.delete(leftOver.getPath(), false);
      }
      return created;
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException("cannot write " + name + ": " + e.getMessage(), e);
    }
  }

  private FileSystem files() throws IOException {
    FileSystem files = new Path(folder).getFileSystem(hadoop.value());
    files.setWriteChecksum(false); // The folder is that of one machine, without files of CRCs.
    return files;
  }

  /** Writes to a shard. */
  interface Content {
    /** Writes all lines. */
    void writeTo(ShardWriter writer) throws IOException;
  }

  /** Writes a shard in a task. */
  Shard write(String file, Content content) {
    try {
      FileSystem files = files();
      Path temporary = new Path(folder, file + "." + TaskContext.get().taskAttemptId() + TEMPORARY);
      Shard shard;
      try (OutputStream out = new BufferedOutputStream(files.create(temporary, true), 1 << 16)) {
        ShardWriter writer = new ShardWriter(out);
        content.writeTo(writer);
        shard = writer.finish(file);
      }
      place(files, temporary, new Path(folder, file));
      return shard;
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot write " + name + "/" + file + ": " + IoError.message(e), e);
    }
  }

  /** Renames; where another attempt was faster, its file is the same and stays. */
  private static void place(FileSystem files, Path temporary, Path shard) throws IOException {
    if (files.exists(shard) || (!files.rename(temporary, shard) && files.exists(shard))) {
      files.delete(temporary, false);
    } else if (!files.exists(shard)) {
      throw new IOException("cannot rename " + temporary);
    }
  }

  /** Writes the manifest and, last, the mark of completeness. */
  void complete(ShardManifest manifest) {
    try {
      FileSystem files = files();
      for (FileStatus status : files.listStatus(new Path(folder))) {
        if (status.getPath().getName().endsWith(TEMPORARY)) {
          files.delete(status.getPath(), false);
        }
      }
      write(files, ShardManifest.FILE, manifest.toJson());
      write(files, ShardManifest.COMPLETE, "");
    } catch (IOException e) {
      throw new InvalidInputException("cannot write " + name + ": " + IoError.message(e), e);
    }
  }

  private void write(FileSystem files, String file, String text) throws IOException {
    try (OutputStream out = files.create(new Path(folder, file), true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
