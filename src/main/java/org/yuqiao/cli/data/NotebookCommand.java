package org.yuqiao.cli.data;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao notebook}: opens the notebooks in Jupyter, or executes them. */
@Command(
    name = "notebook",
    description = {
      "Starts Jupyter with the notebooks and a Java kernel with Yuqiao on its class path.",
      "Jupyter must be installed; the kernel is downloaded from Maven Central."
    },
    mixinStandardHelpOptions = true)
public final class NotebookCommand implements Callable<Integer> {
  /** Timeouts of a cell and of the start of the kernel, in seconds. */
  private static final int CELL_SECONDS = 600;

  private static final int START_SECONDS = 90;

  @Parameters(
      arity = "0..*",
      paramLabel = "NOTEBOOK",
      description = "With --execute: the notebooks (default: all in notebooks/).")
  private List<Path> notebooks = List.of();

  @Option(
      names = "--execute",
      description = "Executes notebooks from top to bottom; fails on the first error.")
  private boolean execute;

  @Option(names = "--save", description = "With --execute: saves the outputs in the notebooks.")
  private boolean save;

  @Override
  public Integer call() {
    UsageException.refuseIf(
        !execute && (save || !notebooks.isEmpty()), "NOTEBOOK and --save go with --execute");
    Path home = Path.of(System.getProperty("yuqiao.home", "")).toAbsolutePath();
    String jupyter = program("jupyter");
    NotebookKernel kernel = new NotebookKernel(home);
    download(kernel);
    Path jupyterPath = kernel.specify();
    if (!execute) {
      String page = onPath("jupyter-lab").isPresent() ? "lab" : "notebook";
      return run(
          List.of(program("jupyter"), page, home.resolve("notebooks").toString()),
          home,
          jupyterPath,
          Optional.empty());
    }
    for (Path notebook : notebooks.isEmpty() ? all(home.resolve("notebooks")) : notebooks) {
      execute(jupyter, notebook.toAbsolutePath(), home, jupyterPath);
    }
    return 0;
  }

  private void execute(String jupyter, Path notebook, Path home, Path jupyterPath) {
    List<String> command = new ArrayList<>(List.of(jupyter, "nbconvert", "--to", "notebook"));
    command.add("--execute");
    command.add("--ExecutePreprocessor.kernel_name=" + NotebookKernel.NAME);
    command.add("--ExecutePreprocessor.timeout=" + CELL_SECONDS);
    command.add("--ExecutePreprocessor.startup_timeout=" + START_SECONDS);
    command.add("--ExecutePreprocessor.record_timing=False");
    if (save) {
      command.add("--inplace");
    } else {
      command.addAll(List.of("--output-dir", home.resolve("target/notebooks").toString()));
    }
    command.add(notebook.toString());
    Path log = jupyterPath.resolve(notebook.getFileName() + ".log");
    long begun = System.nanoTime();
    int exit = run(command, home, jupyterPath, Optional.of(log));
    if (exit != 0 && text(log).contains("Kernel didn't respond")) {
      // On a busy machine the kernel can exceed the timeout before any cell has run.
      System.err.println("the kernel did not start; retrying");
      exit = run(command, home, jupyterPath, Optional.of(log));
    }
    if (exit != 0) {
      System.err.println(text(log));
      throw new InvalidInputException(notebook + " failed; see above");
    }
    System.err.printf(
        Locale.ROOT,
        "%s: %.1f seconds%n",
        notebook.getFileName(),
        (System.nanoTime() - begun) / 1e9);
  }

  private static List<Path> all(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(path -> path.toString().endsWith(".ipynb")).sorted().toList();
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + folder + ": " + IoError.message(e), e);
    }
  }

  /** Downloads the jar of the kernel with Maven; pom.xml has the version. */
  private static void download(NotebookKernel kernel) {
    if (Files.isDirectory(kernel.jars())) {
      return;
    }
    System.err.println("yuqiao: downloading the notebook kernel (once)");
    List<String> command = List.of(program("mvn"), "-B", "-q", "dependency:copy@notebook-kernel");
    if (run(command, kernel.home(), kernel.jars(), Optional.empty()) != 0) {
      throw new InvalidInputException("Maven could not download the notebook kernel; see above");
    }
  }

  private static int run(List<String> command, Path folder, Path jupyterPath, Optional<Path> log) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
    builder.environment().put("JUPYTER_PATH", jupyterPath.toString());
    log.ifPresent(file -> builder.redirectErrorStream(true).redirectOutput(file.toFile()));
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot start " + command.get(0) + ": " + IoError.message(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "";
    }
  }

  private static String program(String name) {
    return onPath(name)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "not found: "
                        + name
                        + (name.equals("mvn")
                            ? ""
                            : "; install Jupyter with:"
                                + " pip install jupyterlab nbconvert (or Debian's packages jupyter-notebook"
                                + " and jupyter-nbconvert)")));
  }

  private static Optional<String> onPath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(
            folder -> Stream.of(name, name + ".exe", name + ".cmd").map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
