package org.yuqiao.corpus.batch;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the next elements of an iterator ready, made by a background thread. What goes wrong there
 * is thrown here.
 */
public final class Prefetch<T> implements Iterator<T>, AutoCloseable {
  private record Item<T>(Optional<T> value, Optional<RuntimeException> failure) {}

  private final BlockingQueue<Item<T>> queue;
  private final Thread thread;
  private Optional<Item<T>> ahead = Optional.empty();

  /** Reads {@code source} ahead by up to {@code count} elements. */
  public Prefetch(Iterator<T> source, int count) {
    this.queue = new ArrayBlockingQueue<>(count);
    this.thread = new Thread(() -> fill(source), "yuqiao-prefetch");
    thread.setDaemon(true);
    thread.start();
  }

  private void fill(Iterator<T> source) {
    try {
      while (source.hasNext()) {
        queue.put(new Item<>(Optional.of(source.next()), Optional.empty()));
      }
      queue.put(new Item<>(Optional.empty(), Optional.empty()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      offer(new Item<>(Optional.empty(), Optional.of(e)));
    }
  }

  private void offer(Item<T> item) {
    try {
      queue.put(item);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean hasNext() {
    return peek().value().isPresent();
  }

  @Override
  public T next() {
    Item<T> item = peek();
    ahead = Optional.empty();
    return item.value().orElseThrow(() -> new NoSuchElementException("no more elements"));
  }

  private Item<T> peek() {
    if (ahead.isEmpty()) {
      try {
        ahead = Optional.of(queue.take());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
    Item<T> item = ahead.get();
    item.failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    return item;
  }

  /** Ends the background thread. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
