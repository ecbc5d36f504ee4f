package org.yuqiao.spark;

import java.io.File;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.yuqiao.cli.cluster.ClusterSettings;
import org.yuqiao.files.InvalidInputException;

/** The properties of Spark that Yuqiao's code needs on executors, all in one place. */
final class SparkSettings {
  /** Memory of arrays outside the Java heap of an executor, in MiB. */
  private static final int ARRAYS = 2048;

  /** What else a JVM takes outside its heap, in MiB. */
  private static final int OTHER_MEMORY = 512;

  private static final Pattern LOCAL = Pattern.compile("local(\\[([0-9]+|\\*)(,[0-9]+)?\\])?");
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[ *([0-9]+) *, *([0-9]+) *, *([0-9]+) *\\]");

  private static final String EXECUTOR_OPTIONS =
      "--add-modules=jdk.incubator.vector -Dfile.encoding=UTF-8"
          + " -Dorg.bytedeco.javacpp.maxphysicalbytes=0 -Dorg.bytedeco.javacpp.maxbytes="
          + ARRAYS
          + "m -Dorg.nd4j.log.initialization=false -Dyuqiao.arrays="
          + ARRAYS;

  private SparkSettings() {}

  /** The configuration for a cluster. */
  static SparkConf of(ClusterSettings cluster) {
    int cores = coresOfExecutor(cluster);
    SparkConf conf =
        new SparkConf()
            .setMaster(cluster.master())
            .set("spark.executor.cores", String.valueOf(cores))
            .set("spark.executor.memory", cluster.executorMemory().orElse(memory(cluster)))
            .set("spark.executor.memoryOverhead", ARRAYS + OTHER_MEMORY + "m")
            .set("spark.executor.extraJavaOptions", EXECUTOR_OPTIONS)
            .set("spark.executorEnv.OMP_NUM_THREADS", "1")
            .set("spark.executorEnv.MALLOC_ARENA_MAX", "2")
            .set("spark.dynamicAllocation.enabled", "false")
            .set("spark.ui.enabled", String.valueOf(!isOnThisMachine(cluster.master())));
    String openBlas = System.getenv("OPENBLAS_CORETYPE");
    if (openBlas != null) {
      conf.set("spark.executorEnv.OPENBLAS_CORETYPE", openBlas);
    }
    cluster
        .executors()
        .ifPresent(
            count ->
                conf.set("spark.executor.instances", String.valueOf(count))
                    .set("spark.cores.max", String.valueOf((long) count * cores)));
    giveJars(conf, cluster.master());
    for (Map.Entry<String, String> property : cluster.properties().entrySet()) {
      conf.set(property.getKey(), property.getValue());
    }
    return conf;
  }

  /** The same for tasks that compute with all cores of an executor. */
  static SparkConf ofModels(ClusterSettings cluster) {
    return of(cluster).set("spark.task.cpus", String.valueOf(coresOfExecutor(cluster)));
  }

  /**
   * How executors get Yuqiao's classes: those of a cluster are sent the jars; processes on this
   * machine read them where they are.
   */
  private static void giveJars(SparkConf conf, String master) {
    String shipped = System.getProperty("yuqiao.shipped", "");
    if (LOCAL_CLUSTER.matcher(master).matches()) {
      conf.set("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    } else if (!isOnThisMachine(master) && !shipped.isEmpty()) {
      conf.set("spark.jars", shipped.replace(File.pathSeparator, ","));
    }
  }

  private static boolean isOnThisMachine(String master) {
    return LOCAL.matcher(master).matches() || LOCAL_CLUSTER.matcher(master).matches();
  }

  /** The cores of an executor, which the addresses of one machine name themselves. */
  static int coresOfExecutor(ClusterSettings cluster) {
    Matcher local = LOCAL.matcher(cluster.master());
    if (local.matches()) {
      String threads = local.group(2) == null ? "1" : local.group(2);
      return threads.equals("*")
          ? Runtime.getRuntime().availableProcessors()
          : Integer.parseInt(threads);
    }
    Matcher processes = LOCAL_CLUSTER.matcher(cluster.master());
    return processes.matches() ? Integer.parseInt(processes.group(2)) : cluster.executorCores();
  }

  /**
   * The number of executors that run at the same time.
   *
   * @throws InvalidInputException when neither the master nor the settings say it
   */
  static int executors(ClusterSettings cluster) {
    if (LOCAL.matcher(cluster.master()).matches()) {
      return 1;
    }
    Matcher processes = LOCAL_CLUSTER.matcher(cluster.master());
    if (processes.matches()) {
      return cluster.executors().orElse(Integer.parseInt(processes.group(1)));
    }
    return cluster
        .executors()
        .orElseThrow(() -> new InvalidInputException("training on a cluster needs --executors N"));
  }

  /** The same for one task an executor, all of which run at the same time. */
  static SparkConf ofReplicas(ClusterSettings cluster) {
    SparkConf conf = ofModels(cluster);
    Map.of(
            // A lost executor is replaced within seconds; until then the stage waits for its place.
            "spark.scheduler.barrier.maxConcurrentTasksCheck.interval",
            "5s",
            "spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures",
            "120",
            // A task in native code cannot be interrupted: its process is ended.
            "spark.task.reaper.enabled",
            "true",
            "spark.task.reaper.killTimeout",
            "60s")
        .forEach((name, value) -> conf.set(name, cluster.properties().getOrDefault(name, value)));
    return conf;
  }

  private static String memory(ClusterSettings cluster) {
    Matcher processes = LOCAL_CLUSTER.matcher(cluster.master());
    return processes.matches() ? processes.group(3) + "m" : "2g";
  }
}
