package org.yuqiao.decode.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.yuqiao.layers.attention.QueryKey;
import org.yuqiao.layers.attention.ScoreScale;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.trace.AttentionVariables;

/** Attention of one head, then all heads together: from queries to the projected context. */
record AttentionSteps(Formulas formulas, TracedValues values, AttentionHead head) {
  private HeadColumns columns() {
    return new HeadColumns(
        formulas.settings().hiddenSize(), formulas.settings().attention().heads(), head.head() - 1);
  }

  /**
   * The steps.
   *
   * @param queries labels of the queries
   * @param keys labels of the keys
   * @param reads the symbol of the input of queries
   */
  List<Step> of(
      AttentionVariables attention, List<String> queries, List<String> keys, String reads) {
    List<Step> steps = new ArrayList<>(projections(attention, queries, keys, reads));
    boolean movedQueries = !attention.positionedQueries().equals(attention.queries());
    boolean movedKeys = !attention.positionedKeys().equals(attention.keys());
    if (movedQueries) {
      String formula = formulas.positioned("Q′", "Q");
      steps.add(ofHead("positioned-query", "Q′", formula, queries, attention.positionedQueries()));
    }
    if (movedKeys) {
      String formula = formulas.positioned("K′", "K");
      steps.add(ofHead("positioned-key", "K′", formula, keys, attention.positionedKeys()));
    }
    String dotProduct = "S = " + (movedQueries ? "Q′" : "Q") + " " + (movedKeys ? "K′" : "K") + "ᵀ";
    steps.addAll(scores(attention, queries, keys, dotProduct));
    steps.addAll(context(attention, queries, keys));
    return steps;
  }

  private List<Step> projections(
      AttentionVariables attention, List<String> queries, List<String> keys, String reads) {
    boolean isCross = head.kind() == AttentionKind.CROSS;
    boolean isShared = formulas.settings().attention().queryKey() == QueryKey.SHARED;
    String query = isShared ? "QK" : "Q";
    String key = isShared ? "QK" : "K";
    String memory = isCross ? "M" : reads;
    return List.of(
        ofHead("query", "Q", projection("Q", reads, query), queries, attention.queries()),
        ofHead("key", "K", projection("K", memory, key), keys, attention.keys()),
        ofHead("value", "V", projection("V", memory, "V"), keys, attention.values()));
  }

  private String projection(String to, String from, String weight) {
    HeadColumns columns = columns();
    return String.format(
        Locale.ROOT,
        "%s = (%s W_%s + b_%s)[:, %d : %d]",
        to,
        from,
        weight,
        weight,
        columns.from(),
        columns.to());
  }

  private Step ofHead(
      String id, String symbol, String formula, List<String> rows, String variable) {
    return new Step(
        id,
        symbol,
        formula,
        LabeledMatrix.of(rows, values.ofHead(variable, rows.size(), columns())));
  }

  private List<Step> scores(
      AttentionVariables attention, List<String> queries, List<String> keys, String dotProduct) {
    List<Step> steps = new ArrayList<>();
    float[][] products =
        dotProducts(
            values.ofHead(attention.positionedQueries(), queries.size(), columns()),
            values.ofHead(attention.positionedKeys(), keys.size(), columns()));
    boolean isScaled = formulas.settings().attention().scale() == ScoreScale.SQRT;
    float[][] scaled = pairs(attention.scaled(), queries, keys);
    String symbol = "S";
    steps.add(pairStep("scores", symbol, dotProduct, queries, keys, isScaled ? products : scaled));
    if (isScaled) {
      symbol = "S′";
      steps.add(pairStep("scaled", symbol, formulas.scaling(symbol, "S"), queries, keys, scaled));
    }
    float[][] scores = pairs(attention.scores(), queries, keys);
    if (attention.positionTerm().isPresent()) {
      float[][] term =
          new PositionTerms(values, columns())
              .of(attention.positionTerm().get(), queries.size(), keys.size(), distances(keys));
      steps.add(pairStep("position-term", "B", formulas.positionTerm(), queries, keys, term));
      String sum = "S″ = " + symbol + " + B";
      symbol = "S″";
      steps.add(pairStep("positioned-scores", symbol, sum, queries, keys, scores));
    }
    boolean isCausal = head.kind() == AttentionKind.DECODER;
    String mask = Formulas.mask("Ŝ", symbol, isCausal);
    steps.add(pairStep("masked", "Ŝ", mask, queries, keys, masked(scores, isCausal)));
    return steps;
  }

  /** N, the number of distances that the position term has columns for. */
  private int distances(List<String> keys) {
    ModelSettings settings = formulas.settings();
    return switch (settings.positions()) {
      case RELATIVE_BIAS -> 2 * settings.maxPositions() - 1;
      case RELATIVE_SHAW -> 2 * settings.relative().clippingDistance() + 1;
      default -> 2 * keys.size() - 1;
    };
  }

  private List<Step> context(
      AttentionVariables attention, List<String> queries, List<String> keys) {
    float[][] weights = pairs(attention.weights(), queries, keys);
    int heads = columns().heads();
    String all =
        heads == 1
            ? "C = Z"
            : "C = [Z₁ … Z"
                + Formulas.subscript(heads)
                + "], Z = Z"
                + Formulas.subscript(head.head());
    boolean isSelf = head.kind() != AttentionKind.CROSS;
    return List.of(
        pairStep("weights", "A", formulas.weights("A", "Ŝ"), queries, keys, weights),
        ofHead("head-output", "Z", formulas.headOutput(isSelf), queries, attention.context()),
        whole("concatenated", "C", all, queries, attention.context()),
        whole("projected", "P", "P = C W_O + b_O", queries, attention.projected()));
  }

  private Step whole(String id, String symbol, String formula, List<String> rows, String variable) {
    float[][] matrix = values.matrix(variable, rows.size(), columns().width());
    return new Step(id, symbol, formula, LabeledMatrix.of(rows, matrix));
  }

  private static Step pairStep(
      String id,
      String symbol,
      String formula,
      List<String> queries,
      List<String> keys,
      float[][] matrix) {
    return new Step(id, symbol, formula, LabeledMatrix.of(queries, keys, matrix));
  }

  private float[][] pairs(String variable, List<String> queries, List<String> keys) {
    return values.pairs(variable, head.head() - 1, queries.size(), keys.size());
  }

  /** Q K&#x1D40; in float32. */
  private static float[][] dotProducts(float[][] queries, float[][] keys) {
    float[][] products = new float[queries.length][keys.length];
    for (int t = 0; t < queries.length; t++) {
      for (int s = 0; s < keys.length; s++) {
        float sum = 0;
        for (int i = 0; i < queries[t].length; i++) {
          sum += queries[t][i] * keys[s][i];
        }
        products[t][s] = sum;
      }
    }
    return products;
  }

  /** A copy with negative infinity at later keys when causal; a single sentence has no padding. */
  private static float[][] masked(float[][] scores, boolean causal) {
    float[][] masked = Arrays.stream(scores).map(float[]::clone).toArray(float[][]::new);
    for (int t = 0; causal && t < masked.length; t++) {
      Arrays.fill(masked[t], t + 1, masked[t].length, Float.NEGATIVE_INFINITY);
    }
    return masked;
  }
}
