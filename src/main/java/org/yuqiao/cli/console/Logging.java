package org.yuqiao.cli.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;

/**
 * Logging to standard error, unless a {@code logback.xml} is given. Messages for the user are
 * printed by the command line itself; libraries are heard only when something is wrong.
 *
 * <p>Code and no {@code logback.xml} of our own: an XML parser would take a tenth of a cold start.
 */
@ConfiguratorRank(ConfiguratorRank.FALLBACK + 1)
public final class Logging extends ContextAwareBase implements Configurator {
  /** INFO shows what computes and why nothing faster does; DEBUG shows more. */
  private static final String LEVEL = "yuqiao.log";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender(context, "STDERR", "%-5level %logger{20}: %msg%n"));
    context.getLogger("org.yuqiao").setLevel(Level.toLevel(System.getProperty(LEVEL), Level.WARN));
    // What readers of data passed over or replaced
    StandardErrorAppender data = appender(context, "DATA", "yuqiao: %msg%n");
    for (String name :
        new String[] {"org.yuqiao.corpus.read", "org.yuqiao.embedding.vectors.WordList"}) {
      Logger logger = context.getLogger(name);
      logger.setLevel(Level.WARN);
      logger.setAdditive(false);
      logger.addAppender(data);
    }
    // The explorer says itself what failed.
    context.getLogger("io.javalin").setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static StandardErrorAppender appender(
      LoggerContext context, String name, String pattern) {
    StandardErrorAppender appender = new StandardErrorAppender(pattern);
    appender.setName(name);
    appender.setContext(context);
    appender.start();
    return appender;
  }

  /** Writes to standard error; the pattern is parsed when the first line is written. */
  private static final class StandardErrorAppender extends AppenderBase<ILoggingEvent> {
    private final ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    private final String pattern;

    StandardErrorAppender(String pattern) {
      this.pattern = pattern;
    }

    @Override
    protected void append(ILoggingEvent event) {
      if (!console.isStarted()) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(getContext());
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(pattern);
        encoder.start();
        console.setContext(getContext());
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();
      }
      console.doAppend(event);
    }
  }
}
