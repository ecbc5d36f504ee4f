package org.yuqiao.cli.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/**
 * The Jupyter kernel of the notebooks: rapaio-jupyter-kernel with the class path and options of
 * this JVM. The specification has absolute paths, so it is rewritten for each use; notebooks refer
 * to the kernel by name.
 *
 * @param home the folder of the project
 */
record NotebookKernel(Path home) {
  /** The name of the kernel in notebooks. */
  static final String NAME = "yuqiao";

  private Path folder() {
    return home.resolve("target").resolve("jupyter").toAbsolutePath();
  }

  /** The folder of the kernel's jar. */
  Path jars() {
    return folder().resolve("lib");
  }

  /**
   * Writes the kernel specification.
   *
   * @return the value for the environment variable JUPYTER_PATH
   * @throws InvalidInputException if the kernel's jar is missing
   */
  Path specify() {
    Path kernel = folder().resolve("kernels").resolve(NAME);
    ObjectNode specification = new ObjectMapper().createObjectNode();
    command().forEach(specification.putArray("argv")::add);
    specification.put("display_name", "Yuqiao (Java)");
    specification.put("language", "java");
    specification.put("interrupt_mode", "message");
    specification
        .putObject("env")
        .put("RJK_CLASSPATH", String.join(";", classPath()))
        .put("RJK_COMPILER_OPTIONS", "--add-modules jdk.incubator.vector");
    AtomicFile.write(kernel.resolve("kernel.json"), specification.toPrettyString());
    return folder();
  }

  private List<String> command() {
    List<String> classes = new ArrayList<>(classPath());
    classes.add(jar().toString());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", String.join(File.pathSeparator, classes)));
    command.addAll(List.of(NotebookKernelMain.class.getName(), "{connection_file}"));
    return command;
  }

  /** The absolute class path of this JVM. */
  private static List<String> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .toList();
  }

  private Path jar() {
    if (Files.isDirectory(jars())) {
      try (Stream<Path> entries = Files.list(jars())) {
        List<Path> found = entries.filter(path -> path.toString().endsWith(".jar")).toList();
        if (found.size() == 1) {
          return found.get(0);
        }
      } catch (IOException e) {
        throw new InvalidInputException("cannot read " + jars() + ": " + IoError.message(e), e);
      }
    }
    throw new InvalidInputException("expected one jar, that of the notebook kernel, in " + jars());
  }
}
