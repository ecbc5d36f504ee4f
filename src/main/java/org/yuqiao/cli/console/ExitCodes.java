package org.yuqiao.cli.console;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.yuqiao.files.EscapedText;
import org.yuqiao.files.FilePath;
import org.yuqiao.files.InvalidInputException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The exit codes of every command. */
public final class ExitCodes {
  /** Bad input, a full disk, a score that differs. */
  public static final int FAILED = 1;

  /** Unknown commands and options, missing or malformed values, options that exclude each other. */
  public static final int USAGE = 2;

  /** The reader of standard output has ended; 128 + SIGPIPE, as the platform's tools exit. */
  public static final int READER_GONE = 141;

  private ExitCodes() {}

  /** Reports bad input as one sentence on standard error; any other exception is a defect. */
  public static CommandLine configure(CommandLine command) {
    addToHelp(command);
    FiniteDouble doubles = new FiniteDouble();
    FiniteFloat floats = new FiniteFloat();
    return command
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Double.class, doubles)
        .registerConverter(double.class, doubles)
        .registerConverter(Float.class, floats)
        .registerConverter(float.class, floats)
        .setExecutionStrategy(new Strategy())
        .registerConverter(Path.class, new PossiblePath())
        .setParameterExceptionHandler(new WrongUsage())
        .setExecutionExceptionHandler(new Handler());
  }

  // Classes and no lambdas: JDK 17 crashes when it archives (CDS) lambdas of picocli's interfaces,
  // which are class files of Java 5.

  /** Runs the command, or prints its help, which picocli does outside of exception handling. */
  private static final class Strategy implements IExecutionStrategy {
    @Override
    public int execute(ParseResult parsed) {
      try {
        return new CommandLine.RunLast().execute(parsed);
      } catch (StandardOutput.WriteException | OutOfMemoryError e) {
        return report(e, parsed.commandSpec().commandLine().getErr()).orElse(FAILED);
      } catch (LinkageError e) {
        // The memory may have run out while a class of a library was initialized.
        Optional<Integer> code = report(e, parsed.commandSpec().commandLine().getErr());
        if (code.isEmpty()) {
          throw e;
        }
        return code.get();
      }
    }
  }

  private static final class Handler implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine failed, ParseResult parsed)
        throws Exception {
      Optional<Integer> code = report(failure, failed.getErr());
      if (code.isPresent()) {
        return code.get();
      }
      if (isShuttingDown()) {
        return FAILED; // Ctrl-C: libraries fail when they find the JVM closing.
      }
      throw failure;
    }
  }

  /** Prints what is wrong with the arguments and the usage, as picocli does, but escaped. */
  private static final class WrongUsage implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
      CommandLine command = failure.getCommandLine();
      PrintWriter err = command.getErr();
      err.println(command.getColorScheme().errorText(EscapedText.of(failure.getMessage())));
      if (!UnmatchedArgumentException.printSuggestions(failure, err)) {
        command.usage(err, command.getColorScheme());
      }
      return USAGE;
    }
  }

  private static final class PossiblePath implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      try {
        return FilePath.of(text);
      } catch (InvalidInputException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  private static final class FiniteDouble implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double value = parsed(text);
      if (!Double.isFinite(value)) {
        throw new TypeConversionException("'" + text + "' is not a finite number");
      }
      return value;
    }
  }

  private static final class FiniteFloat implements ITypeConverter<Float> {
    @Override
    public Float convert(String text) {
      float value = (float) parsed(text);
      if (!Float.isFinite(value)) {
        throw new TypeConversionException("'" + text + "' is not a finite float32 number");
      }
      return value;
    }
  }

  /** Prints the sentence of an expected failure; returns its exit code, empty for a defect. */
  private static Optional<Integer> report(Throwable failure, PrintWriter err) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StandardOutput.WriteException unwritten) {
        if (unwritten.readerGone()) {
          return Optional.of(READER_GONE);
        }
        return sentence(err, unwritten.getMessage(), FAILED);
      }
      if (isOutOfMemory(cause)) {
        err.println(outOfMemory(cause));
        return Optional.of(FAILED);
      }
    }
    if (failure instanceof UsageException) {
      return sentence(err, failure.getMessage(), USAGE);
    }
    return failure instanceof InvalidInputException
        ? sentence(err, failure.getMessage(), FAILED)
        : Optional.empty();
  }

  /**
   * Whether memory ran out: that of ND4J's arrays, or an earlier time while a class was
   * initialized, which Java keeps as text.
   */
  private static boolean isOutOfMemory(Throwable error) {
    String message = String.valueOf(error.getMessage());
    return error instanceof OutOfMemoryError
        || (error instanceof ExceptionInInitializerError && message.contains("OutOfMemoryError"))
        || message.startsWith("Allocation failed: [Requested amount exceeds HOST device limits");
  }

  /** The line that says what limits memory. */
  public static String outOfMemory(Throwable error) {
    return "yuqiao: out of memory ("
        + error.getMessage()
        + "); YUQIAO_HEAP and YUQIAO_ARRAYS set how much is used";
  }

  private static Optional<Integer> sentence(PrintWriter err, String text, int code) {
    err.println("yuqiao: " + text);
    return Optional.of(code);
  }

  private static double parsed(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a number");
    }
  }

  /** Adds the exit codes to the help of a command and its subcommands. */
  private static void addToHelp(CommandLine command) {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "done");
    codes.put("1", "failed: bad input, or output that cannot be written");
    codes.put("2", "wrong usage");
    codes.put("130", "interrupted (Ctrl-C)");
    command
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("Exit codes:%n")
        .exitCodeList(codes);
    command.getSubcommands().values().forEach(ExitCodes::addToHelp);
  }

  private static boolean isShuttingDown() {
    Thread none = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(none);
      return !Runtime.getRuntime().removeShutdownHook(none);
    } catch (IllegalStateException e) {
      return true;
    }
  }
}
