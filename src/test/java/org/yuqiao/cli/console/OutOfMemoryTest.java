package org.yuqiao.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Whatever form the lack of memory takes, one sentence names the settings. */
class OutOfMemoryTest {
  @Command(name = "failing")
  private static final class Failing implements Callable<Integer> {
    private final Throwable failure;

    Failing(Throwable failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() throws Exception {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    }
  }

  private static void assertNamed(Throwable failure) {
    StringWriter err = new StringWriter();
    int code = command(failure).setErr(new PrintWriter(err)).execute();
    assertEquals(ExitCodes.FAILED, code);
    assertTrue(err.toString().startsWith("yuqiao: out of memory ("), err.toString());
    assertTrue(err.toString().contains("YUQIAO_HEAP and YUQIAO_ARRAYS"), err.toString());
    assertFalse(err.toString().contains("\tat "), err.toString());
  }

  private static CommandLine command(Throwable failure) {
    return ExitCodes.configure(new CommandLine(new Failing(failure)));
  }

  @Test
  void theHeap() {
    assertNamed(new OutOfMemoryError("Java heap space"));
    assertNamed(new IllegalStateException(new OutOfMemoryError("Java heap space")));
  }

  @Test
  void theHeapWhileAClassIsInitialized() {
    assertNamed(new ExceptionInInitializerError(new OutOfMemoryError("Java heap space")));
    NoClassDefFoundError later = new NoClassDefFoundError("Could not initialize class A");
    later.initCause(
        new ExceptionInInitializerError(
            "Exception java.lang.OutOfMemoryError: Java heap space [in thread \"main\"]"));
    assertNamed(later);
  }

  @Test
  void theArrays() {
    assertNamed(
        new RuntimeException(
            "Allocation failed: [Requested amount exceeds HOST device limits; Limit bytes: [1]]"));
  }

  @Test
  void aClassThatIsMissingIsADefect() {
    CommandLine broken = command(new NoClassDefFoundError("org/none/A"));
    assertThrows(NoClassDefFoundError.class, broken::execute);
  }
}
