package org.yuqiao.inference;

import java.util.Optional;
import org.yuqiao.decode.explain.Explainer;
import org.yuqiao.decode.trace.AttentionHead;
import org.yuqiao.decode.trace.HeadTrace;
import org.yuqiao.decode.trace.HeadTracer;
import org.yuqiao.files.InvalidInputException;

/**
 * Shows how a model computes a sentence pair: every step of one attention head, from token ids to
 * probabilities. Its session is made on first use and kept. For one thread.
 */
public final class AttentionTracer {
  private final TranslationModel model;
  private Optional<HeadTracer> tracer = Optional.empty();

  /** A tracer of {@code model}. */
  AttentionTracer(TranslationModel model) {
    this.model = model;
  }

  /**
   * A traced sentence pair.
   *
   * @param translation as text
   * @param isInt8 whether weight matrices are int8: then matmuls with them round their input too
   */
  public record Traced(String translation, HeadTrace trace, boolean isInt8) {}

  /**
   * Traces a sentence with the translation that the model finds.
   *
   * @throws InvalidInputException as {@link #trace(String, String, AttentionHead)}
   */
  public Traced trace(String sentence, AttentionHead head) {
    HeadTracer opened = tracer();
    int[] source = model.encode(sentence);
    opened.check(head);
    opened.checkSource(source);
    return trace(source, model.translateToIds(sentence), head);
  }

  /**
   * Traces a sentence with a given translation.
   *
   * @throws InvalidInputException for an ensemble or a recurrent model, when the model has no such
   *     head, or a side is longer than the model reads
   */
  public Traced trace(String sentence, String translation, AttentionHead head) {
    tracer().check(head);
    return trace(model.encode(sentence), model.loaded().encodeTarget(translation), head);
  }

  private Traced trace(int[] source, int[] target, AttentionHead head) {
    HeadTrace trace = tracer().trace(source, target, head);
    boolean isInt8 = model.networks().get(0).weights().isInt8();
    return new Traced(model.loaded().target().decode(target), trace, isInt8);
  }

  private HeadTracer tracer() {
    if (tracer.isEmpty()) {
      LoadedModels models = model.loaded();
      tracer =
          Optional.of(
              new HeadTracer(
                  models.single("traced"),
                  new Explainer.Vocabularies(models.source(), models.target()),
                  model.backend()));
    }
    return tracer.get();
  }

  void close() {
    tracer.ifPresent(HeadTracer::close);
  }
}
