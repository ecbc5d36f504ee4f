package org.yuqiao.cli.translate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.yuqiao.experiment.CdsWarmUp;
import picocli.CommandLine.Command;

/**
 * {@code yuqiao cds-warmup}: translates a line, so that the JVM can archive the classes that
 * translating loads (class data sharing). The launcher runs it once after a build.
 */
@Command(
    name = "cds-warmup",
    hidden = true,
    description = "Translates a line with a tiny untrained model.")
public final class CdsWarmUpCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("yuqiao-cds");
    try {
      String model = CdsWarmUp.write(folder).path().toString();
      System.setIn(new ByteArrayInputStream("你好\n".getBytes(StandardCharsets.UTF_8)));
      return TranslateCommand.execute("--model", model);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
