package org.yuqiao.server.work;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.yuqiao.embedding.projection.ProjectionMethod;
import org.yuqiao.server.http.Problem;

/**
 * Projects word vectors in one thread, with a time limit. Projections are kept, and requests for
 * the same one share it.
 */
public final class ProjectionWorker implements AutoCloseable {
  private static final int KEPT = 64;
  private static final int WAITING = 8;
  private static final int RETRY_AFTER_SECONDS = 5;

  private final Duration limit;
  private final Map<Key, CompletableFuture<ProjectionMethod.Projection>> projections =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(
            Map.Entry<Key, CompletableFuture<ProjectionMethod.Projection>> eldest) {
          return size() > KEPT;
        }
      };
  private final ThreadPoolExecutor worker =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          task -> {
            Thread thread = new Thread(task, "projection");
            thread.setDaemon(true);
            return thread;
          });

  private record Key(String set, ProjectionMethod method, int dimensions, List<Integer> rows) {}

  /**
   * A worker.
   *
   * @param limit the time that a projection may take, the wait for its turn included
   */
  public ProjectionWorker(Duration limit) {
    this.limit = limit;
  }

  /**
   * The projection of rows of a set. It ends with {@link Problem} 504 when it takes too long, and
   * with InvalidInputException when there are too few or too many rows.
   *
   * @param dimensions 2 or 3
   * @throws Problem 503 when too many wait
   */
  public CompletableFuture<ProjectionMethod.Projection> project(
      VectorSet set, ProjectionMethod method, int dimensions, List<Integer> rows) {
    Key key = new Key(set.description().id(), method, dimensions, List.copyOf(rows));
    synchronized (projections) {
      CompletableFuture<ProjectionMethod.Projection> present = projections.get(key);
      if (present != null && !present.isCompletedExceptionally()) {
        return present;
      }
      CompletableFuture<ProjectionMethod.Projection> added = submit(set, key);
      projections.put(key, added);
      return added;
    }
  }

  private CompletableFuture<ProjectionMethod.Projection> submit(VectorSet set, Key key) {
    CompletableFuture<ProjectionMethod.Projection> result = new CompletableFuture<>();
    int[] rows = key.rows().stream().mapToInt(Integer::intValue).toArray();
    try {
      Future<?> task =
          worker.submit(
              () -> {
                try {
                  result.complete(
                      key.method().project(set.vectors().select(rows), key.dimensions()));
                } catch (RuntimeException | Error e) {
                  result.completeExceptionally(e);
                }
              });
      CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
          .execute(
              () -> {
                if (result.completeExceptionally(
                    Problem.timedOut("the projection takes too long; project fewer words"))) {
                  task.cancel(true);
                  worker.purge();
                }
              });
    } catch (RejectedExecutionException e) {
      throw Problem.unavailable("too many projections wait; try again soon", RETRY_AFTER_SECONDS);
    }
    return result;
  }

  /** Ends what runs. */
  @Override
  public void close() {
    worker.shutdownNow();
  }
}
