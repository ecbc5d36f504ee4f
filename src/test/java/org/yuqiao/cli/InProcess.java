package org.yuqiao.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.yuqiao.cli.ProgramProcess.Result;
import org.yuqiao.cli.console.StandardOutput;

/** Runs commands in the JVM of the test, which saves the start of a process. */
public final class InProcess {
  private InProcess() {}

  /** Runs a command with {@code input} as standard input. */
  public static Result run(String input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Result result = run(input, out, arguments);
    return new Result(result.exit(), out.toString(StandardCharsets.UTF_8), result.err());
  }

  /** Runs a command without input that writes to {@code out}. */
  public static Result runInto(OutputStream out, String... arguments) {
    return run("", out, arguments);
  }

  private static Result run(String input, OutputStream out, String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    InputStream inBefore = System.in;
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    System.setOut(StandardOutput.stream(out));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      PrintWriter errors = new PrintWriter(err, true, StandardCharsets.UTF_8);
      int exit = Main.commandLine().setErr(errors).execute(arguments);
      return new Result(exit, "", err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setIn(inBefore);
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }
}
