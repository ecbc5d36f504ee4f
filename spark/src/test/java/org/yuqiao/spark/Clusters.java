package org.yuqiao.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.yuqiao.cli.cluster.ClusterSettings;

/** The clusters of the tests: threads of this JVM, and processes on this machine. */
public final class Clusters {
  private Clusters() {}

  /** Two threads of this JVM, with files split every {@code blockSize} bytes. */
  static ClusterSettings threads(int blockSize) {
    return cluster("local[2]", blockSize);
  }

  /** Two executors of one core, each a process. */
  public static ClusterSettings processes(int blockSize) {
    try {
      // Spark looks for its jars there; executors have the class path of the tests.
      Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cluster("local-cluster[2,1,1024]", blockSize);
  }

  private static ClusterSettings cluster(String master, int blockSize) {
    Map<String, String> properties = new HashMap<>();
    properties.put("spark.hadoop.fs.local.block.size", String.valueOf(blockSize));
    properties.put("spark.ui.enabled", "false");
    return new ClusterSettings(master, OptionalInt.empty(), 1, Optional.empty(), properties);
  }

  /** Kills one of two executors, both of them processes, as soon as {@code begun} holds. */
  static Thread killOneWhen(BooleanSupplier begun) {
    Thread killer =
        new Thread(
            () -> {
              List<ProcessHandle> executors = List.of();
              while (executors.size() < 2 || !begun.getAsBoolean()) {
                try {
                  Thread.sleep(5);
                } catch (InterruptedException e) {
                  return;
                }
                executors = ProcessHandle.current().children().toList();
              }
              executors.get(0).destroyForcibly();
            });
    killer.setDaemon(true);
    killer.start();
    return killer;
  }
}
