package org.yuqiao.explore;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts rapaio-jupyter-kernel 3.0.1. Its own start binds the channels before it knows what handles
 * their messages, and a client's first message that comes in between ends the thread that reads
 * them: the kernel then is deaf. Here an empty table of handlers stands in until the real one is
 * there; messages that come too early are passed over, and clients ask again. A reading thread that
 * ends in spite of that is started anew. By reflection, for the kernel is no part of this program:
 * it is fetched when notebooks are used.
 */
public final class NotebookKernelMain {
  private static final String PACKAGE = "org.rapaio.jupyter.kernel.";
  private static final int REVIVALS = 50;
  private static final AtomicInteger REVIVED = new AtomicInteger();

  private NotebookKernelMain() {}

  /**
   * Runs until the client ends it.
   *
   * @param args the name of Jupyter's connection file
   */
  public static void main(String[] args) throws ReflectiveOperationException, IOException {
    Logger.getLogger("").setLevel(Level.WARNING);
    PrintStream errors = System.err;
    Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> revive(thread, fault, errors));
    Class<?> properties = Class.forName(PACKAGE + "core.ConnectionProperties");
    Object connection =
        Class.forName(PACKAGE + "core.Transform")
            .getMethod("fromJson", String.class, Class.class)
            .invoke(null, Files.readString(Path.of(args[0])), properties);
    Object kernel = Class.forName(PACKAGE + "MainApp").getField("kernel").get(null);
    Class<?> type = Class.forName(PACKAGE + "channels.Channels");
    Object channels = type.getConstructor(properties).newInstance(connection);
    Field handlers = type.getDeclaredField("handlers");
    handlers.setAccessible(true);
    handlers.set(channels, Map.of());
    type.getMethod("connect", kernel.getClass()).invoke(channels, kernel);
    type.getMethod("joinUntilClose").invoke(channels);
  }

  /** Goes on with what a thread did that has ended; the loops of the kernel keep no other state. */
  private static void revive(Thread thread, Throwable fault, PrintStream errors) {
    fault.printStackTrace(errors);
    if (thread.getClass().getName().startsWith(PACKAGE) && REVIVED.incrementAndGet() <= REVIVALS) {
      new Thread(thread, thread.getName()).start();
    }
  }
}
