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

/** A translation for each line that comes in; what it took goes out. */
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
      boolean isAnother = in.readLine() != null;
      if (!isAnother && lines == 0) {
        throw new InvalidInputException("--turns: no line came in, so nothing was translated");
      }
      lines++;
      return isAnother;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void told(double seconds) {
    out.println(seconds);
    out.flush();
  }
}
