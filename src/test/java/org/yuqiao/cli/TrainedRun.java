package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.yuqiao.ScratchFolder;
import org.yuqiao.TinyExperiment;
import org.yuqiao.cli.ProgramProcess.Result;

/**
 * A tiny model, {@code run} in a folder of its own with its corpus and settings, {@code e.yaml}.
 *
 * @param training how the process that trained it ended
 */
record TrainedRun(ScratchFolder scratch, Result training) implements AutoCloseable {
  /** Gives tests one that is trained once for all classes. Its files must not be changed. */
  static final class Extension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(TrainedRun.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == TrainedRun.class;
    }

    @Override
    public TrainedRun resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(NAMESPACE)
          .getOrComputeIfAbsent(TrainedRun.class, type -> train(), TrainedRun.class);
    }
  }

  private static TrainedRun train() {
    ScratchFolder scratch = ScratchFolder.create();
    try {
      TinyExperiment.write(
          scratch.path(),
          "e.yaml",
          "train: {minutes: 0, steps: 40, batchTokens: 200, validateMinutes: 0, validateSteps: 10}\n");
      Result training =
          new ProgramProcess(scratch.path()).run("", "train", "e.yaml", "--out", "run");
      assertEquals(0, training.exit(), training.err());
      return new TrainedRun(scratch, training);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Path folder() {
    return scratch.path();
  }

  /** The absolute path of a file or folder, for commands in the process of the tests. */
  String path(String name) {
    return scratch.resolve(name).toString();
  }

  /** The program in a process of its own that is started in the folder. */
  ProgramProcess process() {
    return new ProgramProcess(folder());
  }

  @Override
  public void close() {
    scratch.close();
  }
}
