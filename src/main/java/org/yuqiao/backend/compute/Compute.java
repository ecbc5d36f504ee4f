package org.yuqiao.backend.compute;

import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The level that computes, chosen once per process: the highest that the machine, the JVM and the
 * environment allow. The system property {@code yuqiao.compute} sets a lower limit: {@code nd4j},
 * {@code vector}, {@code onednn}, {@code vnni} or {@code bf16}.
 *
 * @param limit why not a higher level; empty at the highest
 */
public record Compute(ComputeLevel level, Optional<String> limit) {
  /** The system property that names the highest level to use. */
  static final String PROPERTY = "yuqiao.compute";

  private static final ComputeLevel HIGHEST = ComputeLevel.BF16;

  private static final class Holder {
    static final Compute HERE = choose();

    private Holder() {}
  }

  /** The choice for this process. The first call loads ND4J and oneDNN. */
  public static Compute here() {
    return Holder.HERE;
  }

  private static Compute choose() {
    Logger logger = LoggerFactory.getLogger(Compute.class);
    String key = System.getProperty(PROPERTY, HIGHEST.key());
    Optional<ComputeLevel> requested = ComputeLevel.of(key);
    if (requested.isEmpty()) {
      String known =
          String.join(", ", Arrays.stream(ComputeLevel.values()).map(ComputeLevel::key).toList());
      logger.warn("{}={} is ignored; known are {}", PROPERTY, key, known);
    }
    Compute chosen = of(MachineFacts.here(), requested.orElse(HIGHEST));
    logger.info("Computing with {}", chosen.description());
    return chosen;
  }

  /** The choice for a machine with these {@code facts}, not above {@code requested}. */
  static Compute of(MachineFacts facts, ComputeLevel requested) {
    ComputeLevel reached = ComputeLevel.ND4J;
    for (ComputeLevel next : ComputeLevel.values()) {
      if (next.compareTo(requested) > 0) {
        return new Compute(reached, Optional.of(PROPERTY + " is " + requested.key()));
      }
      Optional<String> lacking = facts.lackingFor(next);
      if (lacking.isPresent()) {
        return new Compute(reached, lacking);
      }
      reached = next;
    }
    return new Compute(reached, Optional.empty());
  }

  /** Whether float32 graphs run on kernels. */
  public boolean usesKernels() {
    return reaches(ComputeLevel.VECTOR);
  }

  /** Whether oneDNN computes large float32 matmuls. */
  public boolean usesOneDnn() {
    return reaches(ComputeLevel.ONEDNN);
  }

  /** Whether oneDNN computes int8 matmuls. */
  public boolean usesVnni() {
    return reaches(ComputeLevel.VNNI);
  }

  /** Whether oneDNN can compute matmuls of bfloat16 matrices, where a training wants them. */
  public boolean usesBfloat16() {
    return reaches(ComputeLevel.BF16);
  }

  private boolean reaches(ComputeLevel wanted) {
    return level.compareTo(wanted) >= 0;
  }

  /** What computes, and why nothing faster does. */
  public String description() {
    return level.description() + limit.map(reason -> " (" + reason + ")").orElse("");
  }
}
