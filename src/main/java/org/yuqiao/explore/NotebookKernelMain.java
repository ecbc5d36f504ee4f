package org.yuqiao.explore;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts rapaio-jupyter-kernel 3.0.1. Its own start binds the channels before it knows what handles
 * their messages, and a client's first message that comes in between ends the thread that reads
 * them: the kernel then is deaf. Here an empty table of handlers stands in until the real one is
 * there; messages that come too early are passed over, and clients ask again. By reflection, for
 * the kernel is no part of this program: it is fetched when notebooks are used.
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
    type.getMethod("joinUntilClose").invoke(channels);
  }
}
