package org.yuqiao.server.http;

/**
 * A failure as it is logged: classes and stack traces without messages, which may hold text of
 * users.
 */
final class LoggedFailure extends Throwable {
  private static final long serialVersionUID = 1L;

  LoggedFailure(Throwable failure) {
    super(
        failure.getClass().getName(),
        failure.getCause() == null ? null : new LoggedFailure(failure.getCause()));
    setStackTrace(failure.getStackTrace());
  }
}
