package org.yuqiao.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.yuqiao.embedding.query.NearestNeighbors;
import org.yuqiao.embedding.query.Neighbor;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.embedding.word2vec.Word2VecSettings;
import org.yuqiao.text.Language;

/** What a reader wants to know of word vectors before using them, as Markdown. */
record WordVectorsCard(Path folder, WordVectorsManifest manifest, WordVectors vectors) {
  /** How far down the list of frequent words examples are taken from. */
  private static final List<Integer> EXAMPLES = List.of(60, 120, 250, 400, 700);

  private static final int NEIGHBORS = 5;

  String text() {
    Word2VecSettings settings = manifest.settings();
    Provenance.Session session = manifest.session();
    return String.format(
        Locale.ROOT,
        """
        # %s

        Vectors of %,d %s words, trained with %s: %d dimensions, window %d, %s, words that occur %d times or more, \
        %d epochs.

        ```
        ./yuqiao embed nearest %s %s
        ./yuqiao models check %s
        ```

        ## How they were made

        ```
        ./%s
        ```

        Mean loss per prediction on held-out sentences: %.4f nats; `./yuqiao models check` trains them again and \
        compares. Yuqiao %s, commit %s.

        | corpus | SHA-256 |
        | --- | --- |
        %s
        ## Neighbors

        By cosine, of a few words of different frequency:

        | word | nearest |
        | --- | --- |
        %s
        ## Limits

        The text is small: good for learning how word vectors are trained \
        and for starting a translation model of the same kind of text. License: Apache-2.0.
        """,
        folder.getFileName(),
        vectors.size(),
        manifest.language() == Language.ZH ? "Chinese" : "English",
        settings.algorithm().title(),
        settings.dimension(),
        settings.window(),
        settings.hierarchicalSoftmax()
            ? "hierarchical softmax"
            : settings.negative() + " negative samples",
        settings.minimumCount(),
        settings.epochs(),
        folder,
        vectors.word(Math.min(vectors.size() - 1, EXAMPLES.get(2))),
        folder,
        session.command(),
        manifest.loss(),
        session.version(),
        session.commit(),
        corpora(),
        neighbors());
  }

  private String corpora() {
    return manifest.corpora().stream()
        .map(c -> String.format("| `%s` | `%s` |%n", c.name(), c.sha256().substring(0, 16)))
        .collect(Collectors.joining());
  }

  private String neighbors() {
    NearestNeighbors nearest = new NearestNeighbors(vectors);
    return EXAMPLES.stream()
        .filter(row -> row < vectors.size())
        .map(row -> "| " + vectors.word(row) + " | " + named(nearest.of(row, NEIGHBORS)) + " |\n")
        .collect(Collectors.joining());
  }

  private static String named(List<Neighbor> neighbors) {
    return neighbors.stream()
        .map(one -> String.format(Locale.ROOT, "%s %.2f", one.word(), one.score()))
        .collect(Collectors.joining(", "));
  }
}
