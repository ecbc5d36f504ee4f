package org.yuqiao.store;

import java.nio.file.Files;
import java.util.Locale;

/** The state of a run. */
public enum RunState {
  /** A process is training it. */
  RUNNING,
  /** Interrupted; it can be resumed from its last checkpoint. */
  STOPPED,
  /** Trained and scored. */
  COMPLETE,
  /** Ended by an error, recorded in {@code failure.txt}; it can be resumed once that is fixed. */
  FAILED;

  /** The state of {@code run}. */
  public static RunState of(RunFolder run) {
    if (RunLock.isHeld(run)) {
      return RUNNING;
    }
    if (Files.exists(run.failure())) {
      return FAILED;
    }
    return Files.exists(run.result()) ? COMPLETE : STOPPED;
  }

  /** The name in messages and tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
