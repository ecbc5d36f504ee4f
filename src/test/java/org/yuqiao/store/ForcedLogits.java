package org.yuqiao.store;

import java.util.Arrays;
import java.util.List;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.TeacherForcedGraph;
import org.yuqiao.text.Tokenizer;

/** The logits of a translation model by teacher forcing, with one thread. */
public final class ForcedLogits implements AutoCloseable {
  private final TeacherForcedGraph graph;
  private final Session session;
  private final int vocabulary;

  /** The logits of the first network of {@code model}. */
  public ForcedLogits(TranslationModel model) {
    WeightedModel network = model.networks().get(0);
    this.graph = network.model().teacherForcedGraph();
    this.session =
        new Backend(1).session(graph.graph(), List.of(graph.logits()), network.weights());
    this.vocabulary = model.targetTokenizer().size();
  }

  /** The logits {@code [T + 1, V]} of tokens without those of beginning and end. */
  public float[][] of(int[] source, int[] target) {
    int[] read = Arrays.copyOf(source, source.length + 1);
    read[source.length] = Tokenizer.EOS;
    int[] fed = new int[target.length + 1];
    fed[0] = Tokenizer.BOS;
    System.arraycopy(target, 0, fed, 1, target.length);
    session.compute(
        new Inputs()
            .ints(EncoderDecoder.SOURCE, read, 1, read.length)
            .floats(EncoderDecoder.SOURCE_MASK, ones(read.length), 1, read.length)
            .ints(EncoderDecoder.TARGET_IN, fed, 1, fed.length)
            .floats(EncoderDecoder.TARGET_MASK, ones(fed.length), 1, fed.length));
    float[][] logits = new float[fed.length][vocabulary];
    for (int t = 0; t < fed.length; t++) {
      session.read(graph.logits(), t, logits[t]);
    }
    return logits;
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Override
  public void close() {
    session.close();
  }
}
