package org.yuqiao.store;

import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.LockFile;

/** The lock of the process that trains a run. */
public final class RunLock implements AutoCloseable {
  private final LockFile file;

  private RunLock(LockFile file) {
    this.file = file;
  }

  /**
   * Locks a run.
   *
   * @throws InvalidInputException if another process holds the lock
   */
  public static RunLock take(RunFolder run) {
    return new RunLock(
        LockFile.take(run.lock(), run.path() + " is being trained by another process"));
  }

  /** Whether a process holds the lock of a run. */
  static boolean isHeld(RunFolder run) {
    return LockFile.isHeld(run.lock());
  }

  @Override
  public void close() {
    file.close();
  }
}
