package org.yuqiao.store;

import java.nio.file.Files;
import java.util.Locale;

/** How far a run is. */
public enum RunState {
  /** A process trains it. */
  RUNNING,
  /** It can go on from its last checkpoint. */
  STOPPED,
  /** Trained, scored and reported. */
  COMPLETE,
  /** A fault ended it; why stands in {@code failure.txt}. It can go on when the fault is mended. */
  FAILED;

  /** The state of a run. */
  public static RunState of(RunFolder run) {
    if (RunLock.isHeld(run)) {
      return RUNNING;
    }
    if (Files.exists(run.failure())) {
      return FAILED;
    }
    return Files.exists(run.result()) ? COMPLETE : STOPPED;
  }

  /** The word for people. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
