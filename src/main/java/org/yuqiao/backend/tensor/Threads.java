package org.yuqiao.backend.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A pool of a fixed number of daemon threads. */
public final class Threads implements AutoCloseable {
  private final ExecutorService pool;

  /** Starts {@code count} threads. */
  public Threads(int count) {
    this.pool =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "yuqiao-worker");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Runs all {@code tasks} and returns their results in order.
   *
   * @throws RuntimeException the exception of a task, after all have ended
   */
  public <T> List<T> all(List<? extends Callable<T>> tasks) {
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
