package org.yuqiao.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

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
   */
  record Named(Path path, String name) {}

  /**
   * The files that match {@code patterns}: pattern by pattern, each in the order of names. A folder
   * stands for its files but those whose names begin with "_" or ".".
   *
   * @throws InvalidInputException for a pattern that no file matches
   */
  List<Named> of(List<String> patterns) {
    List<Named> files = new ArrayList<>();
    for (String pattern : patterns) {
      List<Named> found = of(pattern);
      InvalidInputException.require(!found.isEmpty(), "there is no file " + pattern);
      files.addAll(found);
    }
    return files;
  }

  private List<Named> of(String pattern) {
    try {
      Path path = new Path(pattern);
      FileSystem files = path.getFileSystem(hadoop);
      FileStatus[] found = files.globStatus(path);
      List<Named> named = new ArrayList<>();
      for (FileStatus status : found == null ? new FileStatus[0] : sorted(found)) {
        if (status.isDirectory()) {
          for (FileStatus inside : sorted(files.listStatus(status.getPath()))) {
            if (inside.isFile() && !inside.getPath().getName().matches("[_.].*")) {
              named.add(named(inside, pattern, files));
            }
          }
        } else {
          named.add(named(status, pattern, files));
        }
      }
      return named;
    } catch (FileNotFoundException e) {
      throw new InvalidInputException("there is no file " + pattern, e);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException("cannot read " + pattern + ": " + e.getMessage(), e);
    }
  }

  private static FileStatus[] sorted(FileStatus[] found) {
    FileStatus[] sorted = found.clone();
    Arrays.sort(sorted, Comparator.comparing(status -> status.getPath().toString()));
    return sorted;
  }

  private static Named named(FileStatus status, String pattern, FileSystem files) {
    Path path = status.getPath();
    Path given = new Path(pattern);
    if (given.toUri().getScheme() != null) {
      return new Named(path, path.toString());
    }
    String full = path.toUri().getPath();
    String working = files.getWorkingDirectory().toUri().getPath() + "/";
    boolean relative = !given.isAbsolute() && full.startsWith(working);
    return new Named(path, relative ? full.substring(working.length()) : full);
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
