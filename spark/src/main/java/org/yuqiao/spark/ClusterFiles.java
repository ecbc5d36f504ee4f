package org.yuqiao.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.JsonFile;
import org.yuqiao.files.shard.Shard;
import org.yuqiao.files.shard.ShardManifest;

/** The files of patterns in file systems that all machines of a cluster see. */
final class ClusterFiles {
  private final Configuration hadoop;

  ClusterFiles(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * A file.
   *
   * @param path with its scheme
   * @param name in messages: as given, or with the pattern's wildcards filled in
   * @param shard as a manifest says; empty for a file without one
   */
  record Named(Path path, String name, Optional<Shard> shard) {}

  /**
   * The files that match {@code patterns}: pattern by pattern, each in the order of names. A folder
   * with a manifest stands for its shards in the order that it says; another one for its files but
   * those whose names begin with "_" or ".".
   *
   * @param content what a line of a folder with a manifest must hold; empty for anything
   * @throws InvalidInputException for a pattern that no file matches, and a folder of shards that
   *     is unfinished or holds something else
   */
  List<Named> of(List<String> patterns, Optional<String> content) {
    List<Named> files = new ArrayList<>();
    for (String pattern : patterns) {
      List<Named> found = of(pattern, content);
      InvalidInputException.require(!found.isEmpty(), "there is no file " + pattern);
      files.addAll(found);
    }
    return files;
  }

  private List<Named> of(String pattern, Optional<String> content) {
    try {
      Path path = new Path(pattern);
      FileSystem files = path.getFileSystem(hadoop);
      FileStatus[] found = files.globStatus(path);
      List<Named> named = new ArrayList<>();
      for (FileStatus status : found == null ? new FileStatus[0] : sorted(found)) {
        if (status.isDirectory()) {
          named.addAll(inside(status.getPath(), pattern, files, content));
        } else {
          named.add(named(status, pattern, files, Optional.empty()));
        }
      }
      return named;
    } catch (FileNotFoundException e) {
      throw new InvalidInputException("there is no file " + pattern, e);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException("cannot read " + pattern + ": " + e.getMessage(), e);
    }
  }

  private static List<Named> inside(
      Path folder, String pattern, FileSystem files, Optional<String> content) throws IOException {
    Map<String, FileStatus> entries = new LinkedHashMap<>();
    for (FileStatus entry : sorted(files.listStatus(folder))) {
      if (entry.isFile()) {
        entries.put(entry.getPath().getName(), entry);
      }
    }
    if (!entries.containsKey(ShardManifest.FILE)) {
      return entries.entrySet().stream()
          .filter(entry -> !entry.getKey().matches("[_.].*"))
          .map(entry -> named(entry.getValue(), pattern, files, Optional.empty()))
          .toList();
    }
    String manifestFile = folder + "/" + ShardManifest.FILE;
    ShardManifest.requireComplete(pattern, entries::containsKey);
    ShardManifest manifest;
    try (InputStream in = files.open(entries.get(ShardManifest.FILE).getPath())) {
      manifest =
          ShardManifest.of(
              JsonFile.parse(in.readAllBytes(), java.nio.file.Path.of(manifestFile)), manifestFile);
    }
    content.ifPresent(expected -> manifest.requireContent(pattern, expected));
    List<Named> shards = new ArrayList<>();
    for (Shard shard : manifest.shards()) {
      InvalidInputException.require(
          entries.containsKey(shard.file()),
          "there is no file " + folder + "/" + shard.file() + ", which " + manifestFile + " names");
      Named file = named(entries.get(shard.file()), pattern, files, Optional.of(shard));
      shard.requireSize(file.name(), entries.get(shard.file()).getLen());
      shards.add(file);
    }
    return shards;
  }

  private static FileStatus[] sorted(FileStatus[] found) {
    FileStatus[] sorted = found.clone();
    Arrays.sort(sorted, Comparator.comparing(status -> status.getPath().toString()));
    return sorted;
  }

  private static Named named(
      FileStatus status, String pattern, FileSystem files, Optional<Shard> shard) {
    Path path = status.getPath();
    Path given = new Path(pattern);
    if (given.toUri().getScheme() != null) {
      return new Named(path, path.toString(), shard);
    }
    String full = path.toUri().getPath();
    String working = files.getWorkingDirectory().toUri().getPath() + "/";
    boolean relative = !given.isAbsolute() && full.startsWith(working);
    return new Named(path, relative ? full.substring(working.length()) : full, shard);
  }

  /**
   * Refuses a file that Spark does not decompress.
   *
   * @throws InvalidInputException for .xz
   */
  static void requireReadable(Named file) {
    InvalidInputException.require(
        !file.name().endsWith(".xz"),
        file.name() + ": Spark does not read .xz; expected .gz or no compression");
  }

  /**
   * Opens a file, decompressed by its extension.
   *
   * @throws InvalidInputException when it cannot be read
   */
  InputStream open(Named file) {
    requireReadable(file);
    try {
      InputStream in = file.path().getFileSystem(hadoop).open(file.path());
      CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file.path());
      return codec == null ? in : codec.createInputStream(in);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file.name() + ": " + IoError.message(e), e);
    }
  }
}
