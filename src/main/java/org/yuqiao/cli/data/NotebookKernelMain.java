package org.yuqiao.cli.data;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts rapaio-jupyter-kernel 3.0.1 and works around two races of its start on a busy machine.
 *
 * <ul>
 *   <li>It binds its channels before it sets their message handlers; an early message kills the
 *       reading thread. An empty handler table is set first: early messages are ignored and clients
 *       repeat them.
 *   <li>A reading thread exits at once if it runs before its channel is marked as running; such
 *       threads are started again.
 * </ul>
 *
 * <p>By reflection, since the kernel is no dependency: it is downloaded when notebooks are used.
 */
public final class NotebookKernelMain {
  private static final String PACKAGE = "org.rapaio.jupyter.kernel.";

  private NotebookKernelMain() {}

  /**
   * Runs until the client shuts the kernel down.
   *
   * @param args the connection file of Jupyter
   */
  public static void main(String[] args) throws ReflectiveOperationException, IOException {
    Logger.getLogger("").setLevel(Level.WARNING);
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
    restartReaders(channels);
    type.getMethod("joinUntilClose").invoke(channels);
  }

  /** Restarts the reading threads that have ended. */
  private static void restartReaders(Object channels) throws ReflectiveOperationException {
    for (Field field : channels.getClass().getDeclaredFields()) {
      field.setAccessible(true);
      Object channel = field.get(channels);
      if (channel == null || !channel.getClass().getName().startsWith(PACKAGE + "channels.")) {
        continue;
      }
      for (Field part : channel.getClass().getDeclaredFields()) {
        if (Thread.class.isAssignableFrom(part.getType())) {
          part.setAccessible(true);
          Thread loop = (Thread) part.get(channel);
          if (loop != null && !loop.isAlive()) {
            new Thread(loop, loop.getName()).start();
          }
        }
      }
    }
  }
}
