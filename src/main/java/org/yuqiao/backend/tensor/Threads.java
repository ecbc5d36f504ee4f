package org.yuqiao.backend.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A fixed number of daemon threads that do tasks side by side. */
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
   * Does all {@code tasks} and gives their results in the order of the tasks.
   *
   * @throws RuntimeException what a task threw, after all have ended
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
