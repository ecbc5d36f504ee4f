package org.yuqiao.cli.cluster;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import org.yuqiao.cli.console.UsageException;
import picocli.CommandLine.Option;

/** The options of commands that run on this machine or on a cluster. */
public final class EngineOptions {
  private static final int MAX_EXECUTORS = 100_000;

  /** What runs a command. */
  private enum Engine {
    LOCAL,
    SPARK;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--engine",
      paramLabel = "local|spark",
      description = "Runs on this machine or on a Spark cluster (default: local).")
  private Engine engine = Engine.LOCAL;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "The cluster: spark://HOST:7077, yarn, k8s://URL, or threads of this machine, as local[2]"
              + " (default: local[*]).")
  private Optional<String> master = Optional.empty();

  @Option(
      names = "--executors",
      paramLabel = "N",
      description = "Executors to start (default: as many as the cluster gives).")
  private Optional<Integer> executors = Optional.empty();

  @Option(
      names = "--executor-cores",
      paramLabel = "N",
      description = "Cores of each executor, the threads of its model (default: 1).")
  private Optional<Integer> executorCores = Optional.empty();

  @Option(
      names = "--executor-memory",
      paramLabel = "SIZE",
      description = "Java heap of each executor, as 4g (default: 2g); arrays come on top of it.")
  private Optional<String> executorMemory = Optional.empty();

  @Option(
      names = "--spark-conf",
      paramLabel = "KEY=VALUE",
      description = "A property of Spark, which comes before all others; repeatable.")
  private Map<String, String> properties = new LinkedHashMap<>();

  /**
   * The engine of the cluster; empty for this machine.
   *
   * @throws UsageException when options of a cluster are given for this machine, or the engine is
   *     not on the class path
   */
  public Optional<ClusterEngine> engine() {
    if (engine == Engine.LOCAL) {
      UsageException.refuseIf(
          master.isPresent()
              || executors.isPresent()
              || executorCores.isPresent()
              || executorMemory.isPresent()
              || !properties.isEmpty(),
          "--master, --executors, --executor-cores, --executor-memory and --spark-conf need"
              + " --engine spark");
      return Optional.empty();
    }
    return Optional.of(
        ServiceLoader.load(ClusterEngine.class)
            .findFirst()
            .orElseThrow(
                () ->
                    new UsageException(
                        "--engine spark needs Spark, which ./yuqiao of a clone builds with Maven"
                            + " and adds to its class path")));
  }

  /**
   * The cluster.
   *
   * @throws UsageException for numbers out of range
   */
  public ClusterSettings cluster() {
    return new ClusterSettings(
        master.orElse("local[*]"),
        executors.isPresent()
            ? OptionalInt.of(counted("--executors", executors.get()))
            : OptionalInt.empty(),
        counted("--executor-cores", executorCores.orElse(1)),
        executorMemory,
        Map.copyOf(properties));
  }

  private static int counted(String option, int count) {
    UsageException.refuseIf(
        count < 1 || count > MAX_EXECUTORS,
        option + " must be from 1 to " + MAX_EXECUTORS + ", not " + count);
    return count;
  }
}
