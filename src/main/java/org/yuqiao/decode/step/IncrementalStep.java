package org.yuqiao.decode.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.session.StateCache;
import org.yuqiao.backend.simd.LogSoftmax;
import org.yuqiao.model.StepGraph;

/**
 * A session of a {@link StepGraph} with the caches that change from step to step: keys and values
 * of self-attention, states of a recurrent decoder or of SSRUs. For one thread.
 */
final class IncrementalStep implements AutoCloseable {
  private final StepGraph graph;
  private final Session session;
  private final StateCache self;
  private final StateCache states;
  private int length;

  /**
   * A step of {@code graph}.
   *
   * @param attention whether {@link #readAttention} will be called
   * @param width D of the caches
   */
  IncrementalStep(
      StepGraph graph,
      boolean attention,
      int width,
      DataType type,
      InferenceWeights weights,
      Backend backend) {
    this.graph = graph;
    List<String> outputs = new ArrayList<>(List.of(graph.logits()));
    outputs.addAll(graph.updates());
    if (attention) {
      outputs.addAll(graph.crossWeights());
    }
    this.session = backend.session(graph.graph(), outputs, weights);
    this.self = new StateCache(graph.selfCaches(), width, type);
    this.states = new StateCache(graph.states(), width, type);
  }

  /** Begins with {@code rows} empty rows, states all zeros. */
  void reset(int rows) {
    length = 0;
    self.reset(rows, 0);
    states.reset(rows, 1);
  }

  /** Sets the initial values {@code [B, 1, D]} of the state {@code name}. */
  void fillState(String name, INDArray values) {
    states.fill(name, values);
  }

  /** B. */
  int rows() {
    return self.rows();
  }

  /**
   * Appends a token to each row.
   *
   * @param others the inputs that the step graph has beside tokens, position, mask and caches
   */
  void compute(int[] tokens, Inputs others) {
    self.reserve(length + 1);
    int capacity = self.capacity();
    float[] mask = new float[tokens.length * capacity];
    for (int row = 0; row < tokens.length; row++) {
      Arrays.fill(mask, row * capacity, row * capacity + length + 1, 1f);
    }
    session.compute(
        others
            .ints(StepGraph.TOKENS, tokens, tokens.length, 1)
            .ints(StepGraph.POSITION, new int[] {length}, 1)
            .floats(StepGraph.MASK, mask, tokens.length, capacity)
            .cache(self)
            .cache(states));
    length++;
  }

  /** Copies the logits {@code [V]} of row {@code row}. */
  void readLogits(int row, float[] logits) {
    session.read(graph.logits(), row, logits);
  }

  /** Copies the log-probabilities {@code [V]} of row {@code row}. */
  void readLogProbabilities(int row, float[] logProbabilities) {
    readLogits(row, logProbabilities);
    LogSoftmax.of(logProbabilities);
  }

  /** Copies row {@code at} of the cross-attention weights of {@code layer}. */
  void readAttention(String layer, int at, float[] weights) {
    session.read(layer, at, weights);
  }

  /** Row i becomes the former row {@code rows[i]}. */
  void select(int[] rows) {
    self.select(rows, length);
    states.select(rows, 1);
  }

  /** The seconds spent in ops so far, by their name. */
  Map<String, Double> secondsByOp() {
    return session.secondsByOp();
  }

  @Override
  public void close() {
    session.close();
    self.close();
    states.close();
  }
}
