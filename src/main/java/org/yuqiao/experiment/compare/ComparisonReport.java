package org.yuqiao.experiment.compare;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.ReportTemplate;

/**
 * Writes a comparison as self-contained {@code index.html} and as {@code report.md} with charts.
 */
public final class ComparisonReport {
  private ComparisonReport() {}

  /** Writes both files and the charts of {@code report.md} into {@code folder}. */
  public static void write(Comparison comparison, Path folder) {
    List<CurveChart> charts = CurveChart.all(comparison.systems());
    ReportTables tables = ReportTables.of(comparison);
    AtomicFile.write(
        folder.resolve("index.html"),
        ReportTemplate.of(ComparisonReport.class, "comparison.html", ReportTemplate::html)
            .render(tables.with(charts, ComparisonReport::dataUri)));
    for (CurveChart chart : charts) {
      AtomicFile.write(folder.resolve(fileName(chart)), out -> out.write(chart.svg()));
    }
    AtomicFile.write(
        folder.resolve("report.md"),
        ReportTemplate.of(ComparisonReport.class, "comparison.md", ComparisonReport::markdown)
            .render(tables.with(charts, ComparisonReport::fileName)));
  }

  private static String fileName(CurveChart chart) {
    return chart.name() + ".svg";
  }

  private static String dataUri(CurveChart chart) {
    return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(chart.svg());
  }

  /** Escapes also {@code <}: translations may contain tokens such as {@code <unk>}. */
  private static String markdown(String text) {
    return ReportTemplate.markdown(text).replace("<", "&lt;");
  }
}
