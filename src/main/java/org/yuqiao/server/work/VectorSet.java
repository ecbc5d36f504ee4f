package org.yuqiao.server.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.yuqiao.embedding.query.Analogy;
import org.yuqiao.embedding.query.AnalogyMethod;
import org.yuqiao.embedding.query.CosineSimilarity;
import org.yuqiao.embedding.query.NearestNeighbors;
import org.yuqiao.embedding.query.Neighbor;
import org.yuqiao.embedding.query.WordDirection;
import org.yuqiao.embedding.query.WordPairs;
import org.yuqiao.embedding.query.WordSearch;
import org.yuqiao.embedding.query.WordSuggestions;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.server.http.Problem;

/** Word vectors that are served; they are loaded at the first query and kept. */
public final class VectorSet {
  /** Tokens of a model that stand for a word: a Chinese one, or a start of three letters. */
  private static final Pattern WORD = Pattern.compile("\\p{IsHan}+|\u2581\\p{L}{3,}");

  private final Description description;
  private final Supplier<WordVectors> loader;
  private Optional<Loaded> loaded = Optional.empty();

  /**
   * What is known of a set before it is loaded.
   *
   * @param id names it in addresses
   * @param language zh or en
   * @param kind source, target, or the algorithm of Word2Vec
   * @param model the id of the model whose embedding it is
   * @param words V
   * @param dimension D
   */
  public record Description(
      String id,
      String name,
      String language,
      String kind,
      Optional<String> model,
      int words,
      int dimension) {}

  private record Loaded(WordVectors vectors, WordSearch search, CosineSimilarity similarity) {
    static Loaded of(WordVectors vectors) {
      return new Loaded(vectors, new WordSearch(vectors), new CosineSimilarity(vectors));
    }
  }

  VectorSet(Description description, Supplier<WordVectors> loader) {
    this.description = description;
    this.loader = loader;
  }

  /** What it is. */
  public Description description() {
    return description;
  }

  private synchronized Loaded loaded() {
    Loaded present = loaded.orElseGet(() -> Loaded.of(loader.get()));
    loaded = Optional.of(present);
    return present;
  }

  /** The vectors. */
  public WordVectors vectors() {
    return loaded().vectors();
  }

  /** The rows of the first {@code count} words that contain {@code part}. */
  public List<Integer> search(String part, int count) {
    return loaded().search().find(part, count);
  }

  /** The rows of the first {@code count} words; of a model's tokens, those that stand for words. */
  public List<Integer> mostFrequent(int count) {
    WordVectors vectors = vectors();
    boolean subwords = description.model().isPresent();
    return IntStream.range(0, vectors.size())
        .filter(row -> !subwords || WORD.matcher(vectors.word(row)).matches())
        .limit(count)
        .boxed()
        .toList();
  }

  /**
   * The row of {@code word}.
   *
   * @throws Problem 404 with similarly spelled words as {@code suggestions} if there is none
   */
  public int row(String word) {
    OptionalInt row = loaded().search().row(word);
    return row.orElseThrow(
        () ->
            Problem.notFound("the word is not in the vocabulary of " + description.name())
                .with("suggestions", new WordSuggestions(vectors()).similar(word)));
  }

  /** The {@code count} words most similar to that of {@code row}. */
  public List<Neighbor> neighbors(int row, int count) {
    return new NearestNeighbors(loaded().similarity()).of(row, count);
  }

  /**
   * Words in the place of ? in "a is to b as c is to ?", by 3CosAdd.
   *
   * @return the cosine of each with the vector b - a + c of unit vectors
   */
  public List<Neighbor> analogy(int a, int b, int c, int count) {
    double length = offsetLength(a, b, c);
    List<Neighbor> answers = new ArrayList<>();
    for (Neighbor answer :
        new Analogy(loaded().similarity()).answers(a, b, c, AnalogyMethod.ADD, count)) {
      // The score adds up cosines that are shifted from -1..1 to 0..1.
      double sum = 2 * answer.score() - 1;
      answers.add(new Neighbor(answer.word(), (float) (length == 0 ? 0 : sum / length)));
    }
    return answers;
  }

  private double offsetLength(int a, int b, int c) {
    WordVectors unit = vectors().select(IntStream.of(a, b, c).distinct().toArray()).normalized();
    float[] from = unit.row(0);
    float[] to = unit.row(unit.index(vectors().word(b)).orElseThrow());
    float[] third = unit.row(unit.index(vectors().word(c)).orElseThrow());
    double squares = 0;
    for (int d = 0; d < from.length; d++) {
      double offset = (double) to[d] - from[d] + third[d];
      squares += offset * offset;
    }
    return Math.sqrt(squares);
  }

  /** The lists of pairs of which enough are in the vocabulary. */
  public List<WordPairs> directions() {
    return WordPairs.all().stream()
        .filter(pairs -> WordDirection.covered(loaded().search(), pairs) >= WordDirection.MIN_PAIRS)
        .toList();
  }

  /** The direction from the first words of {@code pairs} to the second ones. */
  public WordDirection direction(WordPairs pairs) {
    return WordDirection.of(vectors(), loaded().search(), pairs);
  }
}
