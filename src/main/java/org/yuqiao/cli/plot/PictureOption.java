package org.yuqiao.cli.plot;

import java.nio.file.Path;
import org.yuqiao.plot.Picture;
import picocli.CommandLine.Option;

/** Where a picture goes. */
final class PictureOption {
  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The picture, .png or .svg.")
  private Path output;

  /** Writes it and says so. */
  void write(Picture picture) {
    picture.write(output);
    System.err.println("drawn in " + output);
  }
}
