package org.yuqiao.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/**
 * The file lock of the process that trains a run. The operating system releases it however the
 * process ends.
 */
public final class RunLock implements AutoCloseable {
  private static final int ATTEMPTS = 20;
  private static final int MILLISECONDS_BETWEEN = 50;

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks a run.
   *
   * @throws InvalidInputException if another process holds the lock
   */
  public static RunLock take(RunFolder run) {
    // isHeld of another process holds the lock for a moment, too.
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<RunLock> lock = tryTake(run.lock());
      if (lock.isPresent()) {
        return lock.get();
      }
      try {
        Thread.sleep(MILLISECONDS_BETWEEN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw new InvalidInputException(run.path() + " is being trained by another process");
  }

  /** Whether a process holds the lock of a run. */
  static boolean isHeld(RunFolder run) {
    if (!Files.exists(run.lock())) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(run.lock(), StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + run.lock() + ": " + IoError.message(e), e);
    }
  }

  private static Optional<RunLock> tryTake(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      try {
        // The previous holder deletes the file; a lock on a deleted file excludes no one.
        if (channel.tryLock() != null && Files.exists(file)) {
          return Optional.of(new RunLock(file, channel));
        }
      } catch (OverlappingFileLockException e) {
        // Another thread of this process holds it.
      }
      channel.close();
      return Optional.empty();
    } catch (IOException e) {
      throw new InvalidInputException("cannot lock " + file + ": " + IoError.message(e), e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Windows cannot delete an open file; an unlocked one is harmless.
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new InvalidInputException("cannot close " + file + ": " + IoError.message(e), e);
    }
  }
}
