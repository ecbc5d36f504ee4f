package org.yuqiao.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaNewHadoopRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.yuqiao.files.Utf8Lines;
import scala.Tuple2;

/**
 * The lines of files in order, each with its number in its file and among all records, which takes
 * one sweep over the files to count. Only a line feed ends a line, as on one machine.
 */
final class NumberedLines {
  private final JavaNewHadoopRDD<LongWritable, Text> lines;
  private final Rule rule;
  private final List<Split> splits;

  private NumberedLines(JavaNewHadoopRDD<LongWritable, Text> lines, Rule rule, List<Split> splits) {
    this.lines = lines;
    this.rule = rule;
    this.splits = splits;
  }

  /** Which lines are records. */
  interface Rule extends Serializable {
    /** Whether the first line of the file at {@code path} is no record. */
    boolean hasHeader(String path);

    /** Whether blank lines of the file at {@code path} are no records. */
    boolean skipsBlankLines(String path);
  }

  /** What is done with the records of a part of a file. */
  interface Work<R> extends Serializable {
    /**
     * Starts on a part.
     *
     * @param path of the file
     */
    Iterator<R> of(String path, Iterator<Line> lines);
  }

  /**
   * A record.
   *
   * @param index among the records of all files, from 0
   * @param number of the line in its file, from 1
   * @param bytes of which the first {@code length} are the line; valid until the next record
   */
  record Line(long index, long number, byte[] bytes, int length) {
    /**
     * The text.
     *
     * @param file its name in messages
     */
    String text(String file) {
      return Utf8Lines.line(bytes, length, file, number);
    }

    /** The text with U+FFFD in the place of invalid bytes. */
    String lenientText(String file) {
      return Utf8Lines.lenientLine(bytes, length, file, number);
    }
  }

  /**
   * A part of a file that one task reads.
   *
   * @param firstRecord of the part among the records of all files
   * @param firstLine of the part in its file, from 1
   */
  private record Split(long firstRecord, long firstLine) implements Serializable {}

  private record Count(boolean begins, long lines, long records) implements Serializable {}

  /** Counts the lines of {@code files}, in this order. */
  static NumberedLines of(JavaSparkContext context, List<ClusterFiles.Named> files, Rule rule) {
    JavaNewHadoopRDD<LongWritable, Text> lines = read(context, files);
    List<Count> counts =
        lines
            .mapPartitionsWithInputSplit(
                (InputSplit split, Iterator<Tuple2<LongWritable, Text>> in) ->
                    List.of(count((FileSplit) split, in, rule)).iterator(),
                true)
            .collect();
    List<Split> splits = new ArrayList<>();
    long records = 0;
    long line = 1;
    for (Count count : counts) {
      line = count.begins() ? 1 : line;
      splits.add(new Split(records, line));
      records += count.records();
      line += count.lines();
    }
    splits.add(new Split(records, 1));
    return new NumberedLines(lines, rule, splits);
  }

  private static JavaNewHadoopRDD<LongWritable, Text> read(
      JavaSparkContext context, List<ClusterFiles.Named> files) {
    try {
      Job job = Job.getInstance(context.hadoopConfiguration());
      Configuration conf = job.getConfiguration();
      conf.set("textinputformat.record.delimiter", "\n");
      conf.set(FileInputFormat.LIST_STATUS_NUM_THREADS, "1");
      FileInputFormat.setInputPaths(
          job,
          files.stream().map(ClusterFiles.Named::path).toArray(org.apache.hadoop.fs.Path[]::new));
      return (JavaNewHadoopRDD<LongWritable, Text>)
          context.newAPIHadoopRDD(conf, TextInputFormat.class, LongWritable.class, Text.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String path(InputSplit split) {
    return ((FileSplit) split).getPath().toString();
  }

  private static Count count(FileSplit split, Iterator<Tuple2<LongWritable, Text>> in, Rule rule) {
    String path = path(split);
    long lines = 0;
    long records = 0;
    while (in.hasNext()) {
      Tuple2<LongWritable, Text> line = in.next();
      lines++;
      records += isRecord(line, path, rule) ? 1 : 0;
    }
    return new Count(split.getStart() == 0, lines, records);
  }

  private static boolean isRecord(Tuple2<LongWritable, Text> line, String path, Rule rule) {
    return !(line._1().get() == 0 && rule.hasHeader(path))
        && !(rule.skipsBlankLines(path) && line._2().toString().isBlank());
  }

  /** The number of records. */
  long count() {
    return splits.get(splits.size() - 1).firstRecord();
  }

  /** Does {@code work} with the records of each part of a file. */
  <R> JavaRDD<R> map(Work<R> work) {
    List<Split> starts = splits;
    Rule records = rule;
    Function2<InputSplit, Iterator<Tuple2<LongWritable, Text>>, Iterator<R>> function =
        (split, in) -> {
          String path = path(split);
          Numbering numbering =
              new Numbering(path, records, starts.get(TaskContext.getPartitionId()));
          return work.of(path, new Selected<>(in, numbering::of));
        };
    return lines.mapPartitionsWithInputSplit(function, true);
  }

  /** Numbers the lines of a split and leaves out those that are no records. */
  private static final class Numbering {
    private final String path;
    private final Rule rule;
    private long record;
    private long number;

    Numbering(String path, Rule rule, Split start) {
      this.path = path;
      this.rule = rule;
      this.record = start.firstRecord();
      this.number = start.firstLine();
    }

    Optional<Line> of(Tuple2<LongWritable, Text> line) {
      long own = number++;
      return isRecord(line, path, rule)
          ? Optional.of(new Line(record++, own, line._2().getBytes(), line._2().getLength()))
          : Optional.empty();
    }
  }
}
