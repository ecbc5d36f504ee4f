package org.yuqiao.cli.plot;

import java.nio.file.Path;
import org.yuqiao.plot.Picture;
import picocli.CommandLine.Option;

/** The file of a picture. */
final class PictureOption {
  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The picture: .png or .svg.")
  private Path output;

  /** Writes the picture and reports the file. */
  void write(Picture picture) {
    picture.write(output);
    System.err.println("picture: " + output);
  }
}
