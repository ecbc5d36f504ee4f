package org.yuqiao.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EofException;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.yuqiao.files.InvalidInputException;

class ProblemTest {
  @Test
  void aFailureOfTheServerIsLoggedWithoutItsMessage() {
    Logger logger = (Logger) LoggerFactory.getLogger(Problem.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      RuntimeException failure =
          new IllegalStateException("a secret", new IndexOutOfBoundsException("another secret"));
      Problem problem = Problem.of(new CompletionException(failure));
      assertEquals(500, problem.status());
      assertFalse(problem.toJson().toString().contains("secret"));
      ILoggingEvent event = log.list.get(0);
      String logged =
          event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy());
      assertFalse(logged.contains("secret"), logged);
      assertTrue(logged.contains("java.lang.IllegalStateException"), logged);
      assertTrue(logged.contains("java.lang.IndexOutOfBoundsException"), logged);
      assertTrue(logged.contains("ProblemTest"), logged);
    } finally {
      logger.detachAppender(log);
    }
  }

  @Test
  void failuresHaveTheStatusOfTheirKind() {
    Problem unprocessable = Problem.of(new InvalidInputException("/home/me/a.yaml is damaged"));
    assertEquals(422, unprocessable.status());
    assertEquals("a.yaml is damaged", unprocessable.getMessage());
    assertEquals(504, Problem.of(new CompletionException(new TimeoutException())).status());
    assertEquals(404, Problem.of(new CompletionException(Problem.notFound("no"))).status());
  }

  @Test
  void aClientThatLeftIsNoFailureOfTheServer() {
    assertEquals(400, Problem.of(new EofException()).status());
    assertEquals(400, Problem.of(new CompletionException(new CancellationException())).status());
  }
}
