package org.yuqiao.store.graph;

import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Builds a graph in one format: each method adds an operation and returns its output. Shapes
 * broadcast as in NumPy.
 *
 * @param <V> a value of the graph
 */
public interface GraphBuilder<V> {
  /** The format's name of an element type, as {@code int64}. */
  String nameOf(GraphValue.Type type);

  /**
   * Writes the graph.
   *
   * @throws org.yuqiao.files.InvalidInputException when the format cannot hold so much, or writing
   *     fails
   */
  void save(Path file);

  /** An input. */
  V input(GraphValue input);

  /** Makes {@code value} an output. */
  void output(GraphValue output, V value);

  /** A float32 constant or weight, or integers, which become those of the type of inputs. */
  V constant(String name, INDArray values);

  /** a + b. */
  V add(V a, V b);

  /** a - b. */
  V subtract(V a, V b);

  /** a b, elementwise. */
  V multiply(V a, V b);

  /** a / b, elementwise. */
  V divide(V a, V b);

  /** x times a number. */
  V scale(V x, double scale);

  /** max(0, x). */
  V relu(V x);

  /** 1 / (1 + exp(-x)). */
  V sigmoid(V x);

  /** Softmax of {@code x} {@code [B, H, T, S]} over the last axis. */
  V softmax(V x);

  /** The logarithm of the softmax of {@code x} {@code [B, V]} over the last axis. */
  V logSoftmax(V x);

  /** Layer normalization of {@code x} {@code [B, T, D]} over the last axis. */
  V layerNorm(V x, V gain, V bias, double epsilon);

  /** The sum over {@code axis}, which stays with length 1. */
  V sum(V x, int axis);

  /**
   * x W over the last axis: {@code [B, T, I]} to {@code [B, T, O]}.
   *
   * @param transposed whether W is {@code [O, I]} instead of {@code [I, O]}
   */
  V linear(V x, V weight, boolean transposed);

  /** The matmul over the last two axes of two values with the same other axes. */
  V matmul(V a, V b);

  /** The slices of {@code x} along {@code axis} with these integer {@code indices}. */
  V gather(V x, V indices, int axis);

  /** Permutes the axes. */
  V transpose(V x, int... axes);

  /** Arranges the elements in axes of these sizes. */
  V reshape(V x, List<Size<V>> sizes);

  /** Joins a and b along {@code axis}, where one may have length 0. */
  V concat(V a, V b, int axis);

  /** An integer of the type of inputs. */
  V integer(long number);

  /** The length of {@code axis} of {@code x}, an integer {@code [1]}. */
  V size(V x, int axis);

  /** The integers from 0 to {@code count} {@code [1]}, which is left out. */
  V range(V count);

  /** Integers as float32. */
  V toFloat(V integers);
}
