package org.yuqiao.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AttentionExampleTest {
  private static AttentionExample identity(boolean causal) {
    AttentionExample example = AttentionExample.ofPaper(2, 1, causal);
    for (String name : example.parameterNames()) {
      INDArray parameter = example.parameter(name);
      if (name.endsWith("weight")) {
        parameter.assign(Nd4j.eye(2));
      } else {
        parameter.assign(0);
      }
    }
    return example;
  }

  /** With W_Q = W_K = W_V = W_O = 1: scores 1/sqrt(2) and 0, weights by hand. */
  @Test
  void scoresWeightsAndOutputAreThoseComputedByHand() {
    try (AttentionExample example = identity(false)) {
      AttentionExample.Outcome outcome = example.of(Nd4j.eye(2));
      double score = 1 / Math.sqrt(2);
      double weight = Math.exp(score) / (Math.exp(score) + 1);
      assertEquals(score, outcome.scores().getDouble(0, 0, 0), 1e-9);
      assertEquals(0, outcome.scores().getDouble(0, 0, 1), 1e-9);
      assertEquals(weight, outcome.weights().getDouble(0, 1, 1), 1e-9);
      assertEquals(1 - weight, outcome.output().getDouble(1, 0), 1e-9);
    }
  }

  @Test
  void aCausalBlockSeesNothingLaterAndAMaskHidesMemory() {
    try (AttentionExample causal = identity(true);
        AttentionExample open = identity(false)) {
      assertEquals(0, causal.of(Nd4j.eye(2)).weights().getDouble(0, 0, 1), 0);
      INDArray hidden = open.of(Nd4j.eye(2), Nd4j.eye(2), Nd4j.createFromArray(1.0, 0.0)).weights();
      assertEquals(1, hidden.getDouble(0, 1, 0), 1e-12);
      assertEquals(0, hidden.getDouble(0, 1, 1), 0);
    }
  }
}
