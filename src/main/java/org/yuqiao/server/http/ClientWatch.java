package org.yuqiao.server.http;

import io.javalin.config.Key;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * Notices clients that close their connection while they wait for an answer. Jetty reads nothing
 * from an HTTP/1.1 connection between a request and its answer, and so does not learn of it.
 */
public final class ClientWatch implements AutoCloseable {
  /** Names the watch of a server. */
  public static final Key<ClientWatch> KEY = new Key<>("client-watch");

  /** The system frees a closed connection only once the selector has dropped it. */
  private static final long SELECT_MILLIS = 500;

  private static final long PAUSE_MILLIS = 50;

  private final Selector selector;

  /** A watch with a thread of its own. */
  public ClientWatch() {
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::select, "client-watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** A client that waits for its answer. */
  private static final class Waiting {
    private final Runnable left;
    private boolean seenAtEnd;

    private Waiting(Runnable left) {
      this.left = left;
    }
  }

  /**
   * Watches the client of a request whose body has been read.
   *
   * @param left runs once, in another thread, if the client closes its connection
   * @return ends the watch: to be run before the answer is written
   */
  public static Runnable watch(Context context, Runnable left) {
    return context.appData(KEY).watch(channel(context), left);
  }

  private static SocketChannel channel(Context context) {
    return (SocketChannel)
        ServletContextRequest.getServletContextRequest(context.req())
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint()
            .getTransport();
  }

  private Runnable watch(SocketChannel channel, Runnable left) {
    try {
      SelectionKey key = channel.register(selector, 0); // the one key of this connection
      Waiting waiting = new Waiting(left);
      synchronized (key) {
        key.attach(waiting);
        key.interestOps(SelectionKey.OP_READ);
      }
      selector.wakeup();
      return () -> end(key, waiting);
    } catch (ClosedChannelException | CancelledKeyException e) {
      left.run();
      return () -> {};
    } catch (ClosedSelectorException e) {
      return () -> {}; // the server has stopped
    }
  }

  private static void end(SelectionKey key, Waiting waiting) {
    synchronized (key) {
      if (key.attachment() == waiting) {
        key.attach(null);
        if (key.isValid()) {
          key.interestOps(0);
        }
      }
    }
  }

  private void select() {
    try {
      while (true) {
        selector.select(ClientWatch::look, selector.keys().isEmpty() ? 0 : SELECT_MILLIS);
        Thread.sleep(PAUSE_MILLIS); // a connection at its end is ready all the time
      }
    } catch (ClosedSelectorException e) {
      // the server has stopped
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Bytes that can be read are another request, sent early. None can be read at the end of the
   * stream, but also where Jetty was faster, so the end must be seen twice.
   */
  private static void look(SelectionKey key) {
    Waiting waiting;
    synchronized (key) {
      if (!key.isValid() || !(key.attachment() instanceof Waiting attached)) {
        return;
      }
      waiting = attached;
      boolean atEnd = available((SocketChannel) key.channel()) == 0;
      if (atEnd && !waiting.seenAtEnd) {
        waiting.seenAtEnd = true;
        return;
      }
      end(key, waiting);
      if (!atEnd) {
        return;
      }
    }
    waiting.left.run();
  }

  private static int available(SocketChannel channel) {
    try {
      return channel.socket().getInputStream().available();
    } catch (IOException e) {
      return 0; // the connection was reset
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
