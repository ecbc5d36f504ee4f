package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotCommandTest {
  @TempDir private Path folder;

  private static String refusal(String... arguments) {
    StringWriter err = new StringWriter();
    assertEquals(1, Main.commandLine().setErr(new PrintWriter(err, true)).execute(arguments));
    return err.toString();
  }

  private void drawn(String name, String... arguments) throws IOException {
    Path file = folder.resolve(name);
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--output";
    all[arguments.length + 1] = file.toString();
    assertEquals(0, Main.commandLine().execute(all));
    if (name.endsWith(".png")) {
      assertTrue(ImageIO.read(file.toFile()).getWidth() > 300);
    } else {
      assertTrue(Files.readString(file).contains("<svg"));
    }
  }

  @Test
  void everyPictureIsDrawnInBothFormats() throws IOException {
    Files.createDirectories(folder.resolve("run"));
    Files.writeString(folder.resolve("run/settings.yaml"), "direction: zh-en\n");
    Files.writeString(
        folder.resolve("run/metrics.jsonl"),
        """
        {"kind":"validation","step":10,"seconds":1,"loss":4.5,"perplexity":90,"bleu":1,"chrf":5}
        {"kind":"validation","step":20,"seconds":2,"loss":4.0,"perplexity":54,"bleu":2,"chrf":9}
        """);
    for (String ending : new String[] {".png", ".svg"}) {
      drawn("sinusoidal" + ending, "plot", "positions", "--positions", "20", "--hidden-size", "16");
      drawn("rotary" + ending, "plot", "positions", "--scheme", "rotary");
      drawn("rate" + ending, "plot", "learning-rate", "experiments/quickstart.yaml");
      drawn("softmax" + ending, "plot", "softmax", "long=2", "time=1", "--temperatures", "0.5,2");
      drawn(
          "curves" + ending,
          "plot",
          "learning-curves",
          folder.resolve("run").toString(),
          "--figure",
          "loss",
          "--by",
          "minutes");
    }
  }

  @Test
  void whatCannotBeDrawnIsRefusedInASentence() {
    String output = folder.resolve("x.gif").toString();
    assertTrue(refusal("plot", "positions", "--output", output).contains(".png or .svg"));
    assertTrue(
        refusal("plot", "positions", "--scheme", "rotary", "--hidden-size", "7", "--output", output)
            .contains("pairs of columns"));
    assertTrue(
        refusal("plot", "learning-curves", folder.toString(), "--output", output)
            .contains("there is no run"));
  }

  @Test
  void aRunWithoutValidationHasNoCurve() throws IOException {
    Files.writeString(folder.resolve("settings.yaml"), "direction: zh-en\n");
    String output = folder.resolve("x.png").toString();
    assertTrue(
        refusal("plot", "learning-curves", folder.toString(), "--output", output)
            .contains("has no validation yet"));
  }
}
