package org.yuqiao.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.yuqiao.embedding.query.NearestNeighbors;
import org.yuqiao.embedding.query.Neighbor;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.embedding.word2vec.Word2VecSettings;
import org.yuqiao.files.ReportTemplate;

/**
 * The model card of word vectors, as Markdown. Components and methods are the names in {@code
 * word-vectors-card.md}.
 */
record WordVectorsCard(
    Path folder, WordVectorsManifest manifest, WordVectors vectors, ModelCard.Words words) {
  /** Frequency ranks of the example words. */
  private static final List<Integer> EXAMPLES = List.of(60, 120, 250, 400, 700);

  private static final int NEIGHBORS = 5;

  /** A word with its nearest neighbors. */
  record Neighborhood(String word, String nearest) {}

  /** The card as Markdown. */
  String text() {
    return ReportTemplate.of(
            WordVectorsCard.class, "word-vectors-card.md", ReportTemplate::markdown)
        .render(this);
  }

  Path name() {
    return folder.getFileName();
  }

  String vocabulary() {
    return format("%,d", vectors.size());
  }

  String language() {
    return manifest.language().englishName();
  }

  String prediction() {
    Word2VecSettings settings = manifest.settings();
    return settings.hierarchicalSoftmax()
        ? "hierarchical softmax"
        : settings.negative() + " negative samples";
  }

  String example() {
    return vectors.word(Math.min(vectors.size() - 1, EXAMPLES.get(2)));
  }

  String loss() {
    return format("%.4f", manifest.loss());
  }

  List<ModelCard.HashedCorpus> corpora() {
    return manifest.corpora().stream().map(c -> ModelCard.HashedCorpus.of("train", c)).toList();
  }

  List<Neighborhood> neighbors() {
    NearestNeighbors nearest = new NearestNeighbors(vectors);
    return EXAMPLES.stream()
        .filter(row -> row < vectors.size())
        .map(row -> new Neighborhood(vectors.word(row), list(nearest.of(row, NEIGHBORS))))
        .toList();
  }

  private static String list(List<Neighbor> neighbors) {
    return neighbors.stream()
        .map(neighbor -> neighbor.word() + format(" %.2f", neighbor.score()))
        .collect(Collectors.joining(", "));
  }

  private static String format(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
