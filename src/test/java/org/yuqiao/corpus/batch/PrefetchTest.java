package org.yuqiao.corpus.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PrefetchTest {
  @Test
  void allElementsComeInOrder() {
    List<Integer> seen = new ArrayList<>();
    try (Prefetch<Integer> ahead = new Prefetch<>(IntStream.range(0, 100).boxed().iterator(), 3)) {
      while (ahead.hasNext()) {
        assertTrue(ahead.hasNext());
        seen.add(ahead.next());
      }
      assertFalse(ahead.hasNext());
      assertEquals(
          "no more elements",
          assertThrows(
                  NoSuchElementException.class,
                  () -> new Prefetch<>(seen.subList(0, 0).iterator(), 1).next())
              .getMessage());
    }
    assertEquals(IntStream.range(0, 100).boxed().toList(), seen);
  }

  @Test
  void aFailureOfTheSourceComesAfterTheElementsBeforeIt() {
    IllegalStateException failure = new IllegalStateException("broken");
    Iterator<Integer> source =
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public Integer next() {
            if (next == 2) {
              throw failure;
            }
            return next++;
          }
        };
    try (Prefetch<Integer> ahead = new Prefetch<>(source, 8)) {
      assertEquals(0, ahead.next());
      assertEquals(1, ahead.next());
      assertSame(failure, assertThrows(IllegalStateException.class, ahead::hasNext));
      assertSame(failure, assertThrows(IllegalStateException.class, ahead::next));
    }
  }

  @Test
  void closingEndsTheThreadThatWaitsForRoom() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Thread[] reader = new Thread[1];
    Iterator<Integer> endless =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            reader[0] = Thread.currentThread();
            ended.countDown();
            return true;
          }

          @Override
          public Integer next() {
            return 1;
          }
        };
    Prefetch<Integer> ahead = new Prefetch<>(endless, 2);
    assertTrue(ended.await(20, TimeUnit.SECONDS));
    ahead.close();
    assertFalse(reader[0].isAlive());
  }

  @Test
  void aThreadThatIsInterruptedWhileItWaitsStaysInterrupted() {
    Iterator<Integer> slow =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            try {
              TimeUnit.SECONDS.sleep(20);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return false;
          }

          @Override
          public Integer next() {
            throw new NoSuchElementException();
          }
        };
    try (Prefetch<Integer> ahead = new Prefetch<>(slow, 2)) {
      Thread.currentThread().interrupt();
      assertThrows(IllegalStateException.class, ahead::hasNext);
      assertTrue(Thread.interrupted());
    }
  }
}
