package org.yuqiao.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.Feeds;
import org.yuqiao.backend.ParameterBuffer;
import org.yuqiao.backend.Session;
import org.yuqiao.corpus.Batch;
import org.yuqiao.corpus.EncodedPair;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.EncoderDecoder.InferenceGraph;

/**
 * Beam search over a batch of sentences, on one thread. The encoder runs once; the decoder is run
 * on the whole prefix for each token, as in training, and only the last position's scores are used.
 */
final class BeamSearch implements AutoCloseable {
  private final EncoderDecoder model;
  private final DecodingSettings settings;
  private final Session encoder;
  private final Session decoder;
  private final String memoryName;
  private final String logitsName;

  BeamSearch(
      EncoderDecoder model,
      ParameterBuffer parameters,
      Backend backend,
      DecodingSettings settings) {
    this.model = model;
    this.settings = settings;
    InferenceGraph encoderGraph = model.encoderGraph();
    InferenceGraph decoderGraph = model.decoderGraph();
    this.memoryName = encoderGraph.output();
    this.logitsName = decoderGraph.output();
    this.encoder = backend.session(encoderGraph.graph(), List.of(memoryName), parameters);
    this.decoder = backend.session(decoderGraph.graph(), List.of(logitsName), parameters);
  }

  /** The encoder's output for a batch, with what is needed to pick rows of it. */
  private record Memory(float[] values, float[] mask, int length, int width) {
    /** The memory of the sentences {@code rows}, one after the other. */
    float[] values(int[] rows) {
      return pick(values, length * width, rows);
    }

    float[] mask(int[] rows) {
      return pick(mask, length, rows);
    }

    private static float[] pick(float[] from, int size, int[] rows) {
      float[] result = new float[rows.length * size];
      for (int i = 0; i < rows.length; i++) {
        System.arraycopy(from, rows[i] * size, result, i * size, size);
      }
      return result;
    }
  }

  /** The best hypotheses of each source, the best first. */
  List<List<Hypothesis>> search(List<int[]> sources) {
    Memory memory = encode(sources);
    List<Beam> beams = new ArrayList<>();
    int longest = model.settings().maximumPositions() - 1;
    for (int[] source : sources) {
      int limit = (int) Math.ceil(settings.maximumRatio() * source.length) + 10;
      beams.add(new Beam(settings, Math.min(longest, limit)));
    }
    while (beams.stream().anyMatch(beam -> !beam.alive().isEmpty())) {
      advance(memory, beams);
    }
    return beams.stream().map(Beam::result).toList();
  }

  private Memory encode(List<int[]> sources) {
    Batch batch =
        Batch.of(sources.stream().map(source -> new EncodedPair(source, new int[0])).toList());
    Feeds feeds =
        new Feeds()
            .ints(EncoderDecoder.SOURCE, batch.source(), batch.sentences(), batch.sourceLength())
            .floats(
                EncoderDecoder.SOURCE_MASK,
                batch.sourceMask(),
                batch.sentences(),
                batch.sourceLength());
    INDArray memory = encoder.run(feeds).get(memoryName);
    return new Memory(
        memory.dup('c').data().asFloat(),
        batch.sourceMask(),
        batch.sourceLength(),
        model.settings().width());
  }

  /** One more token for every beam that is not done. */
  private void advance(Memory memory, List<Beam> beams) {
    List<int[]> prefixes = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    for (int i = 0; i < beams.size(); i++) {
      for (Beam.Prefix prefix : beams.get(i).alive()) {
        prefixes.add(prefix.tokens());
        owners.add(i);
      }
    }
    int[] rows = owners.stream().mapToInt(Integer::intValue).toArray();
    float[] logits = logits(memory, rows, prefixes);
    int vocabulary = logits.length / rows.length;
    int row = 0;
    for (Beam beam : beams) {
      int count = beam.alive().size();
      if (count > 0) {
        beam.advance(logits, row * vocabulary, vocabulary);
        row += count;
      }
    }
  }

  private float[] logits(Memory memory, int[] rows, List<int[]> prefixes) {
    int length = prefixes.get(0).length;
    int[] ids = prefixes.stream().flatMapToInt(Arrays::stream).toArray();
    float[] ones = new float[ids.length];
    Arrays.fill(ones, 1f);
    Feeds feeds =
        new Feeds()
            .floats(
                EncoderDecoder.MEMORY,
                memory.values(rows),
                rows.length,
                memory.length(),
                memory.width())
            .floats(EncoderDecoder.SOURCE_MASK, memory.mask(rows), rows.length, memory.length())
            .ints(EncoderDecoder.TARGET_IN, ids, rows.length, length)
            .floats(EncoderDecoder.TARGET_MASK, ones, rows.length, length);
    return decoder.run(feeds).get(logitsName).dup('c').data().asFloat();
  }

  @Override
  public void close() {
    encoder.close();
    decoder.close();
  }
}
