package org.yuqiao.embedding.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.yuqiao.embedding.compare.AlgorithmComparison.Outcome;
import org.yuqiao.embedding.io.WordVectorFile;
import org.yuqiao.embedding.projection.ProjectionMethod;
import org.yuqiao.embedding.projection.ProjectionPlot;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.embedding.word2vec.Word2VecAlgorithm;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.ReportTemplate;

/** A Markdown report with charts that compares CBOW, corrected CBOW and skip-gram. */
public final class AlgorithmReport {
  private static final int MAX_PLOTTED_WORDS = 120;

  private final List<Outcome> outcomes;

  /** A report on {@code outcomes}, one for each algorithm. */
  public AlgorithmReport(List<Outcome> outcomes) {
    this.outcomes = List.copyOf(outcomes);
  }

  /** The projections of one algorithm's vectors. */
  record Pictures(String algorithm, List<Projection> projections) {}

  /** A projection and its file. */
  record Projection(ProjectionMethod method, String file) {}

  /**
   * Writes {@code report.md} and its charts into {@code folder}, with the vectors of each
   * algorithm's first seed.
   *
   * @param about the text and the settings, as a sentence
   * @param drawPictures whether to plot words; needs a font for their characters
   */
  public void write(Path folder, String about, boolean drawPictures) {
    boolean lossCurves = LossCurves.write(outcomes, folder.resolve("loss.png"));
    List<Pictures> pictures = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      WordVectors vectors = outcome.trials().get(0).result().vectors();
      WordVectorFile.write(vectors, folder.resolve(outcome.algorithm().key() + ".txt"));
      if (drawPictures) {
        pictures.add(plot(outcome.algorithm(), vectors, folder));
      }
    }
    AtomicFile.write(
        folder.resolve("report.md"),
        template("report.md").render(new ReportTables(outcomes, about, lossCurves, pictures)));
  }

  /** The main results and findings as Markdown. */
  public String summary() {
    return template("summary.md").render(new ReportTables(outcomes, "", false, List.of()));
  }

  private static ReportTemplate template(String name) {
    return ReportTemplate.of(AlgorithmReport.class, name, ReportTemplate::markdown);
  }

  private static Pictures plot(Word2VecAlgorithm algorithm, WordVectors vectors, Path folder) {
    int[] rows = IntStream.range(0, Math.min(MAX_PLOTTED_WORDS, vectors.size())).toArray();
    List<Projection> projections = new ArrayList<>();
    for (ProjectionMethod method : ProjectionMethod.values()) {
      String file = algorithm.key() + "-" + method.name().toLowerCase(Locale.ROOT) + ".png";
      ProjectionPlot.of(vectors.select(rows), method, Optional.empty()).write(folder.resolve(file));
      projections.add(new Projection(method, file));
    }
    return new Pictures(algorithm.title(), projections);
  }
}
