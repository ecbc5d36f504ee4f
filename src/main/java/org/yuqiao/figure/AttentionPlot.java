package org.yuqiao.figure;

import java.awt.Font;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yuqiao.decode.explain.AttentionWeights;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.plot.ColorScale;
import org.yuqiao.plot.HeatMap;
import org.yuqiao.plot.HeatMapGrid;
import org.yuqiao.plot.LabelFont;
import org.yuqiao.plot.Picture;

/**
 * Heat maps of attention weights, layers downwards and heads across; in each map queries are rows,
 * keys are columns.
 */
public final class AttentionPlot {
  private static final int FONT_SIZE = 14;
  private static final double CELL = 19;

  /** The mark of a space in tokens. */
  private static final char SPACE = '\u2581';

  private AttentionPlot() {}

  /**
   * Plots all heads of one kind of attention.
   *
   * @param title of the picture
   * @param font a font file, or empty for an installed font
   * @throws InvalidInputException as {@link #heads(String, List, List, float[][][][], Optional)}
   */
  public static Picture heads(String title, AttentionWeights attention, Optional<Path> font) {
    return heads(title, attention.queries(), attention.keys(), attention.weights(), font);
  }

  /**
   * Plots all heads.
   *
   * @param title of the picture
   * @param queries the query tokens, T of them
   * @param keys the key tokens, S of them
   * @param weights {@code [layers][heads][T][S]}, each from 0 to 1
   * @param font a font file, or empty for an installed font
   * @throws InvalidInputException if there is no layer, as for self-attention of a recurrent
   *     network, or no font can display the tokens
   */
  public static Picture heads(
      String title,
      List<String> queries,
      List<String> keys,
      float[][][][] weights,
      Optional<Path> font) {
    if (weights.length == 0) {
      throw new InvalidInputException("this model has no attention of this kind");
    }
    List<String> rows = labels(queries);
    List<String> columns = labels(keys);
    List<List<HeatMap>> maps = new ArrayList<>();
    List<List<String>> titles = new ArrayList<>();
    for (int layer = 0; layer < weights.length; layer++) {
      List<HeatMap> ofLayer = new ArrayList<>();
      List<String> titlesOfLayer = new ArrayList<>();
      for (int head = 0; head < weights[layer].length; head++) {
        double[][] values = doubles(weights[layer][head]);
        ofLayer.add(new HeatMap(values, rows, columns, ColorScale.SHARES));
        titlesOfLayer.add("layer " + (layer + 1) + ", head " + (head + 1));
      }
      maps.add(ofLayer);
      titles.add(titlesOfLayer);
    }
    Font chosen =
        font(Stream.of(List.of(title), rows, columns).flatMap(List::stream).toList(), font);
    return new HeatMapGrid(title, maps, titles, chosen, new double[] {CELL, CELL}).picture();
  }

  static Font font(List<String> texts, Optional<Path> file) {
    return file.map(path -> LabelFont.inFile(path, texts, FONT_SIZE))
        .orElseGet(() -> LabelFont.installed(texts, FONT_SIZE));
  }

  /** Tokens as labels, without the mark of spaces. */
  public static List<String> labels(List<String> tokens) {
    return tokens.stream().map(AttentionPlot::label).toList();
  }

  static String label(String token) {
    String visible = token.replace(SPACE, ' ').strip();
    return visible.isEmpty() ? "(space)" : visible;
  }

  private static double[][] doubles(float[][] values) {
    double[][] result = new double[values.length][];
    for (int t = 0; t < values.length; t++) {
      result[t] = new double[values[t].length];
      for (int s = 0; s < values[t].length; s++) {
        result[t][s] = values[t][s];
      }
    }
    return result;
  }
}
