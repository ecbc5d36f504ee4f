package org.yuqiao.files.shard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.JsonFile;
import org.yuqiao.files.Sha256;

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

  /**
   * The manifest of a folder, whose shards have the sizes that it says.
   *
   * @throws InvalidInputException when the folder has none, is unfinished, or a shard is missing or
   *     has another size
   */
  public static ShardManifest open(Path folder) {
    Path file = folder.resolve(ShardManifest.FILE);
    ShardManifest.requireComplete(
        folder.toString(), name -> Files.isRegularFile(folder.resolve(name)));
    ShardManifest manifest = ShardManifest.of(JsonFile.read(file), file.toString());
    for (Shard shard : manifest.shards()) {
      Path path = folder.resolve(shard.file());
      try {
        shard.requireSize(path.toString(), Files.size(path));
      } catch (NoSuchFileException e) {
        throw new InvalidInputException(
            "there is no file " + path + ", which " + file + " names", e);
      } catch (IOException e) {
        throw new InvalidInputException("cannot read " + path + ": " + IoError.message(e), e);
      }
    }
    return manifest;
  }

  /**
   * The file of a shard, whose content is the one that its manifest says.
   *
   * @throws InvalidInputException when its hash is another, or it cannot be read
   */
  public static Path verified(Path folder, Shard shard) {
    Path path = folder.resolve(shard.file());
    try {
      shard.requireHash(path.toString(), Sha256.of(List.of(path)));
      return path;
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + path + ": " + IoError.message(e), e);
    }
  }
}
