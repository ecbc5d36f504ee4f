package org.yuqiao.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Events on their way to a client that may read slowly: of each key only the latest is kept. The
 * writer takes them, others put them.
 */
public final class LatestEvents {
  private final Map<Integer, Event> latest = new LinkedHashMap<>();
  private boolean ended;
  private boolean closed;

  /** An event of a stream. */
  public record Event(String name, ObjectNode data) {}

  /** Adds an event, in place of an earlier one of {@code key} that was not taken yet. */
  public synchronized void put(int key, String name, ObjectNode data) {
    latest.put(key, new Event(name, data));
    notifyAll();
  }

  /** No event follows. */
  public synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** No event is wanted any more. */
  public synchronized void close() {
    closed = true;
  }

  /** Whether no event is wanted any more. */
  public synchronized boolean isClosed() {
    return closed;
  }

  /**
   * Waits for an event, at most {@code millis}.
   *
   * @return false once all are taken and none follows
   */
  public synchronized boolean await(long millis) throws InterruptedException {
    long until = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (latest.isEmpty() && !ended && left > 0) {
      wait(left);
      left = (until - System.nanoTime()) / 1_000_000;
    }
    return !latest.isEmpty() || !ended;
  }

  /** Takes all events that wait, in the order their keys came. */
  public synchronized List<Event> take() {
    List<Event> events = new ArrayList<>(latest.values());
    latest.clear();
    return events;
  }
}
