package org.yuqiao.server.work;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.yuqiao.inference.SentenceRequest;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.server.http.Problem;

/**
 * A translation model with the one thread that may use it, and a bounded queue of what waits for
 * it. Translations that wait together and are decoded alike are computed together.
 */
public final class ServedModel implements AutoCloseable {
  private static final int RETRY_AFTER_SECONDS = 2;
  private static final int STOP_SECONDS = 30;

  /** Enough for full GEMMs, few enough that others need not wait long. */
  private static final int SENTENCES_PER_ROUND = 64;

  private final String id;
  private final TranslationModel model;
  private final int queue;
  private final Duration limit;
  private final ThreadPoolExecutor worker;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong translated = new AtomicLong();
  private final Deque<TranslationJob> jobs = new ArrayDeque<>();

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
   * @param queue the number of tasks and jobs that may wait
   * @param limit the time that each may take, the wait for its turn included
   */
  public ServedModel(String id, TranslationModel model, int queue, Duration limit) {
    this.id = id;
    this.model = model;
    this.queue = queue;
    this.limit = limit;
    this.worker =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
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

  /** The number of tasks and jobs that wait or run. */
  public int waiting() {
    return waiting.get();
  }

  /** The number of sentences translated so far. */
  public long translated() {
    return translated.get();
  }

  /**
   * Runs {@code task} when the model is free, unless its result is cancelled before.
   *
   * @throws Problem 429 when too many wait
   */
  public <T> CompletableFuture<T> submit(Task<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    enter(result, limit.toNanos());
    execute(
        () -> {
          if (result.isDone()) {
            return;
          }
          try {
            result.complete(task.run(model));
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  /**
   * Translates the sentences of {@code job}.
   *
   * @param begun when its request began, as {@link System#nanoTime}: what was done for it before
   *     counts to its limit
   * @throws Problem 429 when too many wait
   */
  public void translate(TranslationJob job, long begun) {
    enter(job.result(), limit.toNanos() - (System.nanoTime() - begun));
    if (job.next(1).isEmpty()) {
      job.add(List.of());
      return;
    }
    synchronized (jobs) {
      jobs.add(job);
    }
    execute(this::round);
  }

  /** Counts what waits until {@code result} is there, at most {@code nanos}. */
  private void enter(CompletableFuture<?> result, long nanos) {
    if (waiting.incrementAndGet() > queue) {
      waiting.decrementAndGet();
      throw Problem.tooManyRequests(
          "too many requests wait for the model; try again soon", RETRY_AFTER_SECONDS);
    }
    var unused =
        result
            .orTimeout(Math.max(0, nanos), TimeUnit.NANOSECONDS)
            .whenComplete((value, failure) -> waiting.decrementAndGet());
  }

  private void execute(Runnable task) {
    try {
      worker.execute(task);
    } catch (RejectedExecutionException e) {
      throw Problem.unavailable("the server is stopping");
    }
  }

  /** Translates sentences of the first job and of all that are decoded alike. */
  private void round() {
    Map<TranslationJob, List<SentenceRequest>> taken = take();
    if (taken.isEmpty()) {
      return;
    }
    try {
      translate(taken);
    } catch (RuntimeException | Error e) {
      if (taken.size() > 1) {
        taken.forEach(this::translateAlone); // one that fails must not fail the others
      } else {
        taken.keySet().forEach(job -> job.result().completeExceptionally(e));
      }
    }
    again(taken.keySet());
  }

  private void translateAlone(TranslationJob job, List<SentenceRequest> sentences) {
    try {
      translate(Map.of(job, sentences));
    } catch (RuntimeException | Error e) {
      job.result().completeExceptionally(e);
    }
  }

  private void translate(Map<TranslationJob, List<SentenceRequest>> taken) {
    List<SentenceRequest> sentences = new ArrayList<>();
    taken.values().forEach(sentences::addAll);
    List<List<TranslationModel.Translation>> found =
        model.translateSentences(
            sentences,
            taken.keySet().iterator().next().decoding().strategy(),
            translated::addAndGet);
    int from = 0;
    for (Map.Entry<TranslationJob, List<SentenceRequest>> entry : taken.entrySet()) {
      int to = from + entry.getValue().size();
      if (!entry.getKey().isEnded()) {
        entry.getKey().add(found.subList(from, to));
      }
      from = to;
    }
  }

  /** Jobs that are not done line up again, behind those that wait; in a stopping server all end. */
  private void again(Iterable<TranslationJob> taken) {
    synchronized (jobs) {
      for (TranslationJob job : taken) {
        if (!job.isEnded()) {
          jobs.add(job);
        }
      }
      try {
        if (!jobs.isEmpty()) {
          execute(this::round);
        }
      } catch (Problem stopping) {
        jobs.forEach(job -> job.result().completeExceptionally(stopping));
        jobs.clear();
      }
    }
  }

  private Map<TranslationJob, List<SentenceRequest>> take() {
    Map<TranslationJob, List<SentenceRequest>> taken = new LinkedHashMap<>();
    synchronized (jobs) {
      jobs.removeIf(TranslationJob::isEnded);
      int room = SENTENCES_PER_ROUND;
      TranslationJob.Decoding decoding = jobs.isEmpty() ? null : jobs.peek().decoding();
      for (Iterator<TranslationJob> all = jobs.iterator(); all.hasNext() && room > 0; ) {
        TranslationJob job = all.next();
        if (job.decoding().equals(decoding)) {
          all.remove();
          List<SentenceRequest> next = job.next(room);
          taken.put(job, next);
          room -= next.size();
        }
      }
    }
    return taken;
  }

  /** Ends what has begun and closes the model. */
  @Override
  public void close() {
    worker.shutdown();
    try {
      if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        return; // a model in use can't be closed
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    model.close();
  }
}
