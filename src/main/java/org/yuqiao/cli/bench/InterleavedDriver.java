package org.yuqiao.cli.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.yuqiao.bench.TranslationSpeed;
import org.yuqiao.files.InvalidInputException;

/** One turn per line of input; prints {@code ready} first and the seconds of each turn. */
final class InterleavedDriver implements TranslationSpeed.TurnProtocol {
  private final BufferedReader in;
  private final PrintStream out;
  private int lines;

  InterleavedDriver(InputStream in, PrintStream out) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = out;
  }

  @Override
  public boolean awaitTurn() {
    if (lines == 0) {
      out.println("ready");
      out.flush();
    }
    try {
      boolean hasLine = in.readLine() != null;
      if (!hasLine && lines == 0) {
        throw new InvalidInputException(
            "--interleaved: no line on standard input, so nothing was translated");
      }
      lines++;
      return hasLine;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void report(double seconds) {
    out.println(seconds);
    out.flush();
  }
}
