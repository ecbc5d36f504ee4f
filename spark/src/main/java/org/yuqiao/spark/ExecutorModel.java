package org.yuqiao.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.spark.SparkFiles;
import org.yuqiao.backend.Backend;
import org.yuqiao.cli.translate.LineTranslator;
import org.yuqiao.cli.translate.TranslateCommand;

/** The translator of an executor: loaded once, from the models that Spark sent. */
final class ExecutorModel {
  /** An executor has one; threads of this machine, one for each application. */
  private static final Map<String, ExecutorModel> LOADED = new ConcurrentHashMap<>();

  private final LineTranslator translator;

  private ExecutorModel(LineTranslator translator) {
    this.translator = translator;
  }

  /** Packs the folder of a model into a file that Spark can send. */
  static void pack(Path folder, Path zip) throws IOException {
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream packed = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(folder)) {
      packed.setLevel(0);
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        packed.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, packed);
      }
    }
  }

  private static Path unpack(String zip) {
    Path folder = Path.of(SparkFiles.getRootDirectory(), zip + ".unpacked");
    try (InputStream in = Files.newInputStream(Path.of(SparkFiles.get(zip)));
        ZipInputStream packed = new ZipInputStream(in)) {
      for (ZipEntry entry = packed.getNextEntry(); entry != null; entry = packed.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(packed, file);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The translator of this process.
   *
   * @param application its id at Spark
   * @param zips the names of the packed models
   * @param threads that it computes with
   */
  static ExecutorModel of(
      String application, List<String> arguments, List<String> zips, int threads) {
    return LOADED.computeIfAbsent(application, id -> load(arguments, zips, threads));
  }

  private static ExecutorModel load(List<String> arguments, List<String> zips, int threads) {
    Backend.prepare();
    List<Path> folders = new ArrayList<>();
    zips.forEach(zip -> folders.add(unpack(zip)));
    return new ExecutorModel(TranslateCommand.translator(arguments, folders, new Backend(threads)));
  }

  /** Closes the translator of an application that ran in this process. */
  static void close(String application) {
    ExecutorModel loaded = LOADED.remove(application);
    if (loaded != null) {
      loaded.translator.close();
    }
  }

  /** Translates as {@link LineTranslator#translate}, for one task at a time. */
  synchronized List<String> translate(List<String> lines, long first) {
    return translator.translate(lines, first, done -> {});
  }
}
