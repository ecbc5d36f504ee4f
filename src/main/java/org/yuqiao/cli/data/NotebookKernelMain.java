package org.yuqiao.cli.data;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts rapaio-jupyter-kernel 3.0.1. On a busy machine its own start can leave it deaf, in two
 * ways. It binds its channels before it knows what handles their messages, and a message that comes
 * in between ends the thread that reads it: here an empty table of handlers stands in until the
 * real one is there, such messages are passed over, and clients ask again. And a reading thread
 * ends at once when it runs before its starter has noted that it shall: here it is started again.
 * By reflection, for the kernel is no part of this program: it is fetched when notebooks are used.
 */
public final class NotebookKernelMain {
  private static final String PACKAGE = "org.rapaio.jupyter.kernel.";

  private NotebookKernelMain() {}

  /**
   * Runs until the client ends it.
   *
   * @param args the name of Jupyter's connection file
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
    revive(channels);
    type.getMethod("joinUntilClose").invoke(channels);
  }

  /** Starts what reads the channels again, where it has ended already. */
  private static void revive(Object channels) throws ReflectiveOperationException {
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
