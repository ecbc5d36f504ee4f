package org.yuqiao.files.shard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/** A folder of shards on this machine. */
public final class ShardedFolder {
  private ShardedFolder() {}

  /**
   * Deletes what a writing that was killed left in {@code folder}.
   *
   * @throws InvalidInputException when the folder is complete, holds something else, or cannot be
   *     read
   */
  public static void clear(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files = entries.toList();
      ShardManifest.requireUnfinished(
          folder.toString(), files.stream().map(file -> file.getFileName().toString()).toList());
      for (Path file : files) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + folder + ": " + IoError.message(e), e);
    }
  }

  /** Writes the manifest and, last, the mark of completeness. */
  public static void complete(Path folder, ShardManifest manifest) {
    AtomicFile.write(folder.resolve(ShardManifest.FILE), manifest.toJson());
    AtomicFile.write(folder.resolve(ShardManifest.COMPLETE), "");
  }
}
