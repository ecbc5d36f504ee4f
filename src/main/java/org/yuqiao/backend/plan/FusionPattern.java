package org.yuqiao.backend.plan;

import java.util.Optional;

/** Recognizes chains of steps that a {@link FusionPass} can fuse. */
interface FusionPattern {
  /** Finds the step whose output is in a slot; none for weights, constants and placeholders. */
  @FunctionalInterface
  interface Producers {
    Optional<Plan.Step> of(int slot);
  }

  /** The chain that ends with {@code last}, if the pattern matches. */
  Optional<FusedChain> find(Plan.Step last, Producers producers);

  /** Why {@code last}, which could end a chain, does not; empty for every other step. */
  Optional<String> obstacle(Plan.Step last, Producers producers);
}
