package org.yuqiao.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A lock that one process holds at a time. The operating system releases it however the process
 * ends.
 */
public final class LockFile implements AutoCloseable {
  private static final int ATTEMPTS = 20;
  private static final int MILLISECONDS_BETWEEN = 50;

  private final Path file;
  private final FileChannel channel;

  private LockFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param held the message when another process holds it
   * @throws InvalidInputException if another process holds it, or the file can't be written
   */
  public static LockFile take(Path file, String held) {
    // isHeld of another process holds the lock for a moment, too.
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<LockFile> lock = tryTake(file);
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
    throw new InvalidInputException(held);
  }

  /** Whether a process holds the lock. */
  public static boolean isHeld(Path file) {
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  private static Optional<LockFile> tryTake(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      try {
        // The previous holder deletes the file; a lock on a deleted file excludes no one.
        if (channel.tryLock() != null && Files.exists(file)) {
          return Optional.of(new LockFile(file, channel));
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
