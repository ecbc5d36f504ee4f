package org.yuqiao.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.yuqiao.embedding.projection.ProjectionMethod;
import org.yuqiao.embedding.query.Neighbor;
import org.yuqiao.embedding.query.WordDirection;
import org.yuqiao.embedding.query.WordPairs;
import org.yuqiao.server.http.Json;
import org.yuqiao.server.http.Problem;
import org.yuqiao.server.http.Query;
import org.yuqiao.server.work.ProjectionWorker;
import org.yuqiao.server.work.VectorRegistry;
import org.yuqiao.server.work.VectorSet;

/**
 * {@code GET /vectors}: word vectors and embeddings of models, with search, projection, neighbors,
 * analogies and directions.
 */
public final class VectorsApi implements ApiRoutes {
  private static final String SET = ROOT + "/vectors/{id}/";
  private static final int MAX_COUNT = 100;
  private static final int MAX_LENGTH = 100;
  private static final int MAX_WORDS = 50;
  private static final int MIN_POINTS = 4;
  private static final int MAX_POINTS = 2000;

  /** The time of t-SNE grows with the square of the number of points. */
  private static final int MAX_TSNE_POINTS = 1000;

  private static final String[] COORDINATES = {"x", "y", "z"};

  private final VectorRegistry vectors;
  private final ProjectionWorker worker;

  /** Answers queries on {@code vectors}; {@code worker} projects them. */
  public VectorsApi(VectorRegistry vectors, ProjectionWorker worker) {
    this.vectors = vectors;
    this.worker = worker;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(ROOT + "/vectors", this::list);
    routes.get(SET + "search", this::search);
    routes.get(SET + "projection", this::project);
    routes.get(SET + "neighbors", this::neighbors);
    routes.get(SET + "analogy", this::analogy);
    routes.get(SET + "direction", this::direction);
  }

  private void list(Context context) {
    new Query(context);
    ObjectNode answer = Json.object();
    ArrayNode sets = answer.putArray("sets");
    for (VectorSet set : vectors.all()) {
      VectorSet.Description description = set.description();
      ObjectNode object =
          sets.addObject()
              .put("id", description.id())
              .put("name", description.name())
              .put("language", description.language())
              .put("kind", description.kind());
      description.model().ifPresent(model -> object.put("model", model));
      object.put("words", description.words()).put("dimension", description.dimension());
    }
    Json.answer(context, answer);
  }

  private VectorSet set(Context context) {
    return vectors.get(context.pathParam("id"));
  }

  private static String bounded(String name, String value) {
    if (value.length() > MAX_LENGTH) {
      throw Problem.badRequest("'" + name + "' must not be longer than " + MAX_LENGTH);
    }
    return value;
  }

  /** The row of the word in parameter {@code name}. */
  private static int row(VectorSet set, Query query, String name) {
    return set.row(bounded(name, query.text(name)));
  }

  private static int count(Query query, int otherwise) {
    return query.integer("count", otherwise, 1, MAX_COUNT);
  }

  private void search(Context context) {
    Query query = new Query(context, "q", "count");
    String part = bounded("q", query.optionalText("q").orElse(""));
    int count = count(query, 20);
    VectorSet set = set(context);
    ObjectNode answer = Json.object();
    ArrayNode words = answer.putArray("words");
    set.search(part, count)
        .forEach(row -> words.addObject().put("word", set.vectors().word(row)).put("index", row));
    Json.answer(context, answer);
  }

  private void project(Context context) {
    Query query = new Query(context, "method", "dimensions", "count", "words");
    String name = query.oneOf("method", "pca", "pca", "tsne");
    ProjectionMethod method = name.equals("pca") ? ProjectionMethod.PCA : ProjectionMethod.TSNE;
    int dimensions = query.integer("dimensions", 2, 2, 3);
    int most = method == ProjectionMethod.PCA ? MAX_POINTS : MAX_TSNE_POINTS;
    int count = query.integer("count", 400, 0, most);
    VectorSet set = set(context);
    Set<Integer> rows = new LinkedHashSet<>(set.mostFrequent(count));
    query.optionalText("words").ifPresent(words -> rows.addAll(rows(set, words)));
    if (rows.size() < MIN_POINTS) {
      throw Problem.badRequest(
          "'count' and 'words' must name at least "
              + MIN_POINTS
              + " words together, not "
              + rows.size());
    }
    List<Integer> chosen = List.copyOf(new ArrayList<>(rows));
    Json.answer(
        context,
        // A copy: others may wait for the same projection.
        () -> worker.project(set, method, dimensions, chosen).copy(),
        projection -> projected(set, name, dimensions, chosen, projection));
  }

  private static List<Integer> rows(VectorSet set, String words) {
    List<Integer> rows = new ArrayList<>();
    for (String word : bounded("words", words, MAX_WORDS)) {
      rows.add(set.row(word));
    }
    return rows;
  }

  private static List<String> bounded(String name, String words, int most) {
    List<String> list = List.of(words.split(",", -1));
    if (list.size() > most) {
      throw Problem.badRequest("'" + name + "' must not hold more than " + most + " words");
    }
    list.forEach(word -> bounded(name, word));
    return list;
  }

  private static ObjectNode projected(
      VectorSet set,
      String method,
      int dimensions,
      List<Integer> rows,
      ProjectionMethod.Projection projection) {
    ObjectNode answer = Json.object().put("method", method).put("dimensions", dimensions);
    ArrayNode points = answer.putArray("points");
    for (int i = 0; i < rows.size(); i++) {
      ObjectNode point =
          points.addObject().put("word", set.vectors().word(rows.get(i))).put("index", rows.get(i));
      for (int d = 0; d < dimensions; d++) {
        // float32 is enough for a map, and half as long
        point.put(COORDINATES[d], (float) projection.points()[i][d]);
      }
    }
    if (projection.explained().length > 0) {
      answer.set("explained", Json.tree(projection.explained()));
    }
    return answer;
  }

  private void neighbors(Context context) {
    Query query = new Query(context, "word", "count");
    int count = count(query, 10);
    VectorSet set = set(context);
    int row = row(set, query, "word");
    ObjectNode answer = Json.object().put("word", set.vectors().word(row));
    answer.set("neighbors", similar(set.neighbors(row, count)));
    Json.answer(context, answer);
  }

  private void analogy(Context context) {
    Query query = new Query(context, "a", "b", "c", "count");
    int count = count(query, 5);
    VectorSet set = set(context);
    int a = row(set, query, "a");
    int b = row(set, query, "b");
    int c = row(set, query, "c");
    ObjectNode answer =
        Json.object()
            .put("a", set.vectors().word(a))
            .put("b", set.vectors().word(b))
            .put("c", set.vectors().word(c));
    answer.set("answers", similar(set.analogy(a, b, c, count)));
    Json.answer(context, answer);
  }

  private static ArrayNode similar(List<Neighbor> neighbors) {
    ArrayNode list = Json.object().putArray("list");
    neighbors.forEach(
        one -> list.addObject().put("word", one.word()).put("similarity", one.score()));
    return list;
  }

  private void direction(Context context) {
    Query query = new Query(context, "pairs");
    List<WordPairs> all = WordPairs.all();
    String name =
        query.oneOf("pairs", "plural", all.stream().map(WordPairs::name).toArray(String[]::new));
    WordPairs pairs = all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    VectorSet set = set(context);
    WordDirection direction = set.direction(pairs);
    ObjectNode answer = Json.object().put("name", name);
    ArrayNode available = answer.putArray("available");
    set.directions().forEach(one -> available.add(one.name()));
    answer.put("ordered", direction.ordered()).put("total", direction.projections().size());
    ArrayNode list = answer.putArray("pairs");
    for (WordDirection.Projection pair : direction.projections()) {
      ObjectNode object = list.addObject().put("from", pair.from()).put("to", pair.to());
      object.putObject("projection").put("from", pair.fromValue()).put("to", pair.toValue());
      object.put("cosine", pair.cosine());
    }
    Json.answer(context, answer);
  }
}
