package org.yuqiao.decode.step;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.simd.MeanProbability;

/** An ensemble of models with the same vocabularies: the mean of their token probabilities. */
public final class Ensemble implements StepModel {
  private final List<StepModel> members;
  private final float[][] rows;

  private Ensemble(List<StepModel> members) {
    this.members = List.copyOf(members);
    this.rows = new float[members.size()][vocabulary()];
  }

  /** A single model, or an ensemble of several. */
  public static StepModel of(List<WeightedModel> models, Backend backend, StepOutputs outputs) {
    StepOutputs each = models.size() == 1 ? outputs : new StepOutputs(true, outputs.attention());
    List<StepModel> members =
        models.stream()
            .<StepModel>map(
                one -> new IncrementalDecoder(one.model(), one.weights(), backend, each))
            .toList();
    return members.size() == 1 ? members.get(0) : new Ensemble(members);
  }

  @Override
  public void begin(List<int[]> sources) {
    members.forEach(member -> member.begin(sources));
  }

  @Override
  public void step(int[] tokens) {
    members.forEach(member -> member.step(tokens));
  }

  @Override
  public void read(int row, float[] logProbabilities) {
    for (int i = 0; i < rows.length; i++) {
      members.get(i).read(row, rows[i]);
    }
    MeanProbability.of(rows, logProbabilities);
  }

  @Override
  public void readAttention(int row, float[] weights) {
    float[] one = new float[weights.length];
    Arrays.fill(weights, 0f);
    for (StepModel member : members) {
      member.readAttention(row, one);
      for (int s = 0; s < weights.length; s++) {
        weights[s] += one[s] / members.size();
      }
    }
  }

  @Override
  public void select(int[] sentences, int[] kept) {
    members.forEach(member -> member.select(sentences, kept));
  }

  @Override
  public int vocabulary() {
    return members.get(0).vocabulary();
  }

  @Override
  public int positions() {
    return members.stream().mapToInt(StepModel::positions).min().orElse(0);
  }

  @Override
  public Map<String, Double> secondsByOp() {
    Map<String, Double> sums = new LinkedHashMap<>();
    for (StepModel member : members) {
      member.secondsByOp().forEach((op, seconds) -> sums.merge(op, seconds, Double::sum));
    }
    return sums;
  }

  @Override
  public void close() {
    members.forEach(StepModel::close);
  }
}
