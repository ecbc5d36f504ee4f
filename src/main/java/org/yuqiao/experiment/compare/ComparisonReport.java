package org.yuqiao.experiment.compare;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.yuqiao.files.AtomicFile;

/**
 * A comparison to read: {@code index.html}, which needs no other file, and {@code report.md} with
 * its pictures beside it.
 */
public final class ComparisonReport {
  private ComparisonReport() {}

  /** Writes both into {@code folder}. */
  public static void write(Comparison comparison, Path folder) {
    List<CurveChart> charts = CurveChart.all(comparison.systems());
    ReportTables tables = ReportTables.of(comparison);
    AtomicFile.write(
        folder.resolve("index.html"),
        render("comparison.html", Escapers.HTML, tables.with(charts, ComparisonReport::dataUri)));
    for (CurveChart chart : charts) {
      AtomicFile.write(folder.resolve(fileName(chart)), out -> out.write(chart.svg()));
    }
    AtomicFile.write(
        folder.resolve("report.md"),
        render(
            "comparison.md",
            text -> text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " "),
            tables.with(charts, ComparisonReport::fileName)));
  }

  private static String fileName(CurveChart chart) {
    return chart.name() + ".svg";
  }

  private static String dataUri(CurveChart chart) {
    return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(chart.svg());
  }

  private static String render(String template, Mustache.Escaper escaper, ReportTables tables) {
    try (InputStream in = ComparisonReport.class.getResourceAsStream(template)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Mustache.compiler()
          .withEscaper(escaper)
          .strictSections(true)
          .compile(text)
          .execute(tables);
    } catch (IOException e) {
      throw new IllegalStateException("the templates are part of the program", e);
    }
  }
}
