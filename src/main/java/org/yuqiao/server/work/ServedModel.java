package org.yuqiao.server.work;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.server.http.Problem;

/**
 * A translation model with the one thread that may use it, and a bounded queue of the tasks that
 * wait for it.
 */
public final class ServedModel implements AutoCloseable {
  private static final int RETRY_AFTER_SECONDS = 2;

  private final String id;
  private final TranslationModel model;
  private final ThreadPoolExecutor worker;

  /** Work that needs the model. */
  @FunctionalInterface
  public interface Task<T> {
    /** Runs in the thread of the model. */
    T run(TranslationModel model);
  }

  /**
   * Serves {@code model}, which is closed with it.
   *
   * @param id names it in addresses
   * @param queue the number of tasks that may wait
   */
  public ServedModel(String id, TranslationModel model, int queue) {
    this.id = id;
    this.model = model;
    this.worker =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            task -> {
              Thread thread = new Thread(task, "model-" + id);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The name of the model in addresses. */
  public String id() {
    return id;
  }

  /** The model, for what doesn't change: settings, vocabularies. */
  public TranslationModel model() {
    return model;
  }

  /**
   * Runs {@code task} when the model is free.
   *
   * @throws Problem 429 when too many tasks wait
   */
  public <T> CompletableFuture<T> submit(Task<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      worker.execute(
          () -> {
            try {
              result.complete(task.run(model));
            } catch (RuntimeException | Error e) {
              result.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      throw Problem.tooManyRequests(
          "too many requests wait for the model; try again soon", RETRY_AFTER_SECONDS);
    }
    return result;
  }

  /** Ends what has begun and closes the model. */
  @Override
  public void close() {
    worker.shutdown();
    try {
      worker.awaitTermination(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    model.close();
  }
}
