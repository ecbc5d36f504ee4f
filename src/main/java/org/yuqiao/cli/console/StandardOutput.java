package org.yuqiao.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Standard output that fails: a write error ends the command, where {@link PrintStream} would hide
 * it and a full disk would look like success.
 */
public final class StandardOutput extends OutputStream {
  private static final Path DESCRIPTOR = Path.of("/proc/self/fd/1");

  private final OutputStream out;
  private final boolean process;

  private StandardOutput(OutputStream out, boolean process) {
    this.out = out;
    this.process = process;
  }

  /** A write error; unchecked, since {@link PrintStream} hides every {@link IOException}. */
  static final class WriteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean readerGone;

    WriteException(IOException cause, boolean readerGone) {
      super("cannot write standard output: " + cause.getMessage(), cause);
      this.readerGone = readerGone;
    }

    /** Whether output went to a pipe whose reader has ended, such as {@code head}. */
    boolean readerGone() {
      return readerGone;
    }
  }

  /** Standard output of this process, in UTF-8 whatever the locale. */
  public static PrintStream ofProcess() {
    return stream(new FileOutputStream(FileDescriptor.out), true);
  }

  /** A stream to {@code out} that fails with the first error. */
  public static PrintStream stream(OutputStream out) {
    return stream(out, false);
  }

  private static PrintStream stream(OutputStream out, boolean process) {
    return new PrintStream(new StandardOutput(out, process), true, StandardCharsets.UTF_8);
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw new WriteException(e, isBrokenPipe(e));
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new WriteException(e, isBrokenPipe(e));
    }
  }

  /** By the message or, where the system speaks another language, by what the descriptor is. */
  private boolean isBrokenPipe(IOException e) {
    boolean named = String.valueOf(e.getMessage()).contains("Broken pipe");
    if (named || !process) {
      return named;
    }
    try {
      return Files.readSymbolicLink(DESCRIPTOR).toString().startsWith("pipe:");
    } catch (IOException | UnsupportedOperationException noProc) {
      return false;
    }
  }
}
