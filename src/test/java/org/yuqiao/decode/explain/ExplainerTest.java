package org.yuqiao.decode.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.runtime.Nd4jSession;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.decode.batch.BatchDecoder;
import org.yuqiao.decode.batch.BatchLimits;
import org.yuqiao.decode.batch.Translator;
import org.yuqiao.decode.search.BeamTree;
import org.yuqiao.decode.search.Search;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.search.TableModel;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Ensemble;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.StepModel;
import org.yuqiao.decode.step.StepOutputs;
import org.yuqiao.decode.step.TeacherForcedPass;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.layers.attention.AttentionFunction;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.Variants;
import org.yuqiao.text.Fallback;
import org.yuqiao.text.Segmentation;
import org.yuqiao.text.SubwordSettings;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerLearner;

/** Explanations against the same values computed in other ways. */
class ExplainerTest {
  private static final int[] SOURCE = {4, 7, 5, 9, 6};

  private static float[][][][] all(TeacherForcedPass pass, int kind) {
    return switch (kind) {
      case 0 -> pass.encoderSelf();
      case 1 -> pass.decoderSelf();
      default -> pass.cross();
    };
  }

  private static void assertSameWeights(float[][][][] expected, float[][][][] actual) {
    assertEquals(expected.length, actual.length);
    for (int layer = 0; layer < expected.length; layer++) {
      for (int head = 0; head < expected[layer].length; head++) {
        for (int t = 0; t < expected[layer][head].length; t++) {
          assertArrayEquals(expected[layer][head][t], actual[layer][head][t], 1e-5f);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#all")
  void weightsAndProbabilitiesAreThoseOfReferenceOperationsInDouble(ModelSettings settings) {
    EncoderDecoder model = Variants.model(settings, DataType.FLOAT);
    EncoderDecoder exact = Variants.model(settings, DataType.DOUBLE);
    ParameterBuffer parameters = model.initialize(3);
    ParameterBuffer same = exact.initialize(3);
    same.flat().assign(parameters.flat().castTo(DataType.DOUBLE));
    int[] target = {8, 4, 10, 5, 5, 9, 7};
    try (TeacherForcedPass pass =
            TeacherForcedPass.ofAttention(WeightedModel.of(model, parameters), new Backend(1));
        TeacherForcedPass reference =
            new TeacherForcedPass(
                exact, graph -> new Nd4jSession(graph.graph(), graph.outputs(), same))) {
      pass.run(SOURCE, target);
      reference.run(SOURCE, target);
      for (int t = 0; t <= target.length; t++) {
        assertArrayEquals(reference.logProbabilities(0, t), pass.logProbabilities(0, t), 1e-4f);
      }
      boolean sumsToOne = settings.attention().function() == AttentionFunction.SOFTMAX;
      for (int kind = 0; kind < 3; kind++) {
        assertSameWeights(all(reference, kind), all(pass, kind));
        assertDistributions(all(pass, kind), kind == 1, sumsToOne);
      }
    }
  }

  private static void assertDistributions(
      float[][][][] weights, boolean causal, boolean sumsToOne) {
    for (float[][][] layer : weights) {
      for (float[][] head : layer) {
        for (int t = 0; t < head.length; t++) {
          double sum = 0;
          for (int s = 0; s < head[t].length; s++) {
            sum += head[t][s];
            assertTrue(head[t][s] >= 0);
            assertTrue(!causal || s <= t || head[t][s] == 0, "token " + t + " sees " + s);
          }
          assertTrue(!sumsToOne || Math.abs(sum - 1) < 1e-5, "sum " + sum);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#all")
  void decodingStepByStepHasTheAttentionOfTeacherForcing(ModelSettings settings) {
    EncoderDecoder model = Variants.model(settings, DataType.FLOAT);
    WeightedModel weighted = WeightedModel.of(model, model.initialize(3));
    int[] target = {8, 4, 10, 5};
    try (TeacherForcedPass pass = TeacherForcedPass.ofAttention(weighted, new Backend(1));
        StepModel steps =
            Ensemble.of(List.of(weighted), new Backend(1), new StepOutputs(true, true))) {
      pass.run(SOURCE, target);
      steps.begin(List.of(SOURCE));
      float[] next = new float[model.vocabularies().target()];
      float[] seen = new float[SOURCE.length + 1];
      for (int t = 0; t <= target.length; t++) {
        steps.step(new int[] {t == 0 ? Tokenizer.BOS : target[t - 1]});
        steps.read(0, next);
        assertArrayEquals(next, pass.logProbabilities(0, t), 1e-4f);
        steps.readAttention(0, seen);
        assertArrayEquals(seen, mean(pass.cross(), t), 1e-5f);
      }
    }
  }

  /** Over layers and heads. */
  private static float[] mean(float[][][][] cross, int t) {
    float[] mean = new float[cross[0][0][t].length];
    for (float[][][] layer : cross) {
      for (float[][] head : layer) {
        for (int s = 0; s < mean.length; s++) {
          mean[s] += head[t][s] / (cross.length * layer.length);
        }
      }
    }
    return mean;
  }

  @Test
  void theFirstLayersWeightsAreThoseOfThePapersFormula() {
    ModelSettings settings = Variants.withoutDropout(first());
    EncoderDecoder model = Variants.model(settings, DataType.FLOAT);
    ParameterBuffer parameters = model.initialize(3);
    int heads = settings.attention().heads();
    int width = settings.hiddenSize();
    double[][] x = normalized(embedded(parameters, width), width);
    double[][] q = matmul(x, parameters, "encoder.0.self.query");
    double[][] k = matmul(x, parameters, "encoder.0.self.key");
    try (TeacherForcedPass pass =
        TeacherForcedPass.ofAttention(WeightedModel.of(model, parameters), new Backend(1))) {
      pass.run(SOURCE, new int[] {4});
      int d = width / heads;
      for (int head = 0; head < heads; head++) {
        for (int t = 0; t < x.length; t++) {
          double[] exp = new double[x.length];
          double sum = 0;
          for (int s = 0; s < x.length; s++) {
            double dot = 0;
            for (int c = head * d; c < (head + 1) * d; c++) {
              dot += q[t][c] * k[s][c];
            }
            exp[s] = Math.exp(dot / Math.sqrt(d));
            sum += exp[s];
          }
          for (int s = 0; s < x.length; s++) {
            assertEquals(exp[s] / sum, pass.encoderSelf()[0][head][t][s], 1e-5);
          }
        }
      }
    }
  }

  /** The paper's positions, norms before sub-layers. */
  private static ModelSettings first() {
    return Variants.all().findFirst().orElseThrow().getPayload();
  }

  /**
   * sqrt(D) embedding + sine and cosine of the position ("Attention Is All You Need", 3.4, 3.5).
   */
  private static double[][] embedded(ParameterBuffer parameters, int width) {
    INDArray table = parameters.view("encoder.embedding");
    double[][] x = new double[SOURCE.length + 1][width];
    for (int t = 0; t < x.length; t++) {
      int token = t < SOURCE.length ? SOURCE[t] : Tokenizer.EOS;
      for (int c = 0; c < width; c++) {
        double angle = t / Math.pow(10000, (c - c % 2) / (double) width);
        double position = c % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
        x[t][c] = Math.sqrt(width) * table.getDouble(token, c) + position;
      }
    }
    return x;
  }

  /** Layer norm with its first gains and biases, 1 and 0. */
  private static double[][] normalized(double[][] x, int width) {
    for (double[] row : x) {
      double mean = 0;
      for (double value : row) {
        mean += value / width;
      }
      double variance = 0;
      for (double value : row) {
        variance += (value - mean) * (value - mean) / width;
      }
      for (int c = 0; c < width; c++) {
        row[c] = (row[c] - mean) / Math.sqrt(variance + 1e-5);
      }
    }
    return x;
  }

  private static double[][] matmul(double[][] x, ParameterBuffer parameters, String name) {
    INDArray w = parameters.view(name + ".weight");
    INDArray b = parameters.view(name + ".bias");
    double[][] y = new double[x.length][(int) w.size(1)];
    for (int t = 0; t < x.length; t++) {
      for (int o = 0; o < y[t].length; o++) {
        y[t][o] = b.getDouble(o);
        for (int i = 0; i < x[t].length; i++) {
          y[t][o] += x[t][i] * w.getDouble(i, o);
        }
      }
    }
    return y;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theBeamAsATreeHoldsTheSearchesResultAndAddsUp(int beam) {
    TableModel model = new TableModel(9, 4);
    Tokenizer tokenizer = tokenizer();
    BeamRecorder recorder = new BeamRecorder(tokenizer);
    DecodingSettings settings = DecodingSettings.beam(beam, 0.7);
    Search search =
        Strategy.observed(settings, recorder).begin(SOURCE, new int[0], model.positions());
    try (BatchDecoder decoder = new BatchDecoder(model)) {
      decoder.run(List.of(SOURCE), List.of(search));
    }
    Hypothesis best = search.result().get(0);
    BeamTree tree = recorder.tree();
    Map<Integer, int[]> tokens = new HashMap<>(Map.of(0, new int[] {Tokenizer.BOS}));
    Map<Integer, Integer> alive = new HashMap<>();
    for (BeamTree.Node node : tree.nodes().subList(1, tree.nodes().size())) {
      int[] before = tokens.get(node.parent());
      int[] with = Arrays.copyOf(before, before.length + 1);
      with[before.length] = tokenizer.id(node.token()).orElseThrow();
      tokens.put(node.id(), with);
      assertEquals(BeamTree.NodeStatus.KEPT, tree.nodes().get(node.parent()).status());
      double step = model.next(before)[with[before.length]];
      double parent = tree.nodes().get(node.parent()).logProbability();
      assertEquals(parent + step, node.logProbability(), 1e-5);
      double penalty = Math.pow((5.0 + with.length - 1) / 6, 0.7);
      assertEquals(node.logProbability() / penalty, node.score(), 1e-5);
      if (node.status() == BeamTree.NodeStatus.KEPT) {
        alive.merge(with.length, 1, Integer::sum);
      }
    }
    assertTrue(alive.values().stream().allMatch(count -> count <= beam), alive.toString());
    BeamTree.Node chosen = tree.nodes().get(tree.chosen());
    assertEquals(BeamTree.NodeStatus.FINISHED, chosen.status());
    assertEquals(best.score(), chosen.score(), 1e-9);
    int[] whole = tokens.get(chosen.id());
    assertArrayEquals(best.tokens(), Arrays.copyOfRange(whole, 1, whole.length - 1));
  }

  private static Tokenizer tokenizer() {
    SubwordSettings settings = new SubwordSettings(300, Segmentation.NONE, Fallback.CHARACTER, 1);
    return new TokenizerLearner(settings, true).learn(Stream.of("the cat sat on the mat"));
  }

  @Test
  void anExplanationHoldsTheTranslationOfTheTranslatorAndTheBestAlternatives() {
    EncoderDecoder model = Variants.model(first(), DataType.FLOAT);
    WeightedModel weighted = WeightedModel.of(model, model.initialize(3));
    Tokenizer tokenizer = tokenizer();
    DecodingSettings settings = DecodingSettings.beam(3, 1);
    Explainer.Vocabularies both = new Explainer.Vocabularies(tokenizer, tokenizer);
    try (Translator translator =
            new Translator(
                List.of(weighted),
                new Backend(1),
                Strategy.withoutScores(settings),
                BatchLimits.DEFAULT);
        Explainer explainer = new Explainer(weighted, both, new Backend(1), settings, 4)) {
      Hypothesis expected = translator.translate(List.of(SOURCE), done -> {}).get(0).get(0);
      Explanation explained = explainer.explain(Translator.Request.of(SOURCE));
      assertEquals(tokenizer.decode(expected.tokens()), explained.translation());
      assertEquals(expected.tokens().length + 1, explained.target().size());
      assertEquals(expected.score(), explained.score(), 1e-5);
      double sum = 0;
      for (ExplainedToken token : explained.target()) {
        sum += token.logProbability();
        assertEquals(4, token.alternatives().size());
        assertTrue(token.entropy() > 0 && token.entropy() <= Math.log(11) + 1e-6);
        List<Double> falling = new ArrayList<>();
        token.alternatives().forEach(one -> falling.add(-one.logProbability()));
        assertEquals(falling.stream().sorted().toList(), falling);
        assertTrue(token.alternatives().get(0).logProbability() >= token.logProbability());
      }
      assertEquals(expected.logProbability(), sum, 1e-4);
      assertEquals("<eos>", explained.source().get(SOURCE.length));
      assertEquals("<bos>", explained.decoderSelf().queries().get(0));
      Explanation given = explainer.explain(SOURCE, expected.tokens());
      assertEquals(sum, given.logProbability(), 1e-5);
      assertEquals(1, given.beam().nodes().size());
    }
  }
}
