package org.yuqiao.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yuqiao.train.validation.SampleTranslation;

/**
 * Greedy translations of a few validation sentences at a step: a line of {@code samples.jsonl} of a
 * run.
 *
 * @param step steps taken before
 * @param items the same sentences at every validation
 */
public record ValidationSamples(
    @JsonProperty(required = true) long step,
    @JsonProperty(required = true) List<SampleTranslation> items) {
  /** Copies the items. */
  public ValidationSamples {
    items = List.copyOf(items);
  }

  /** Appends these samples to those of {@code run}. */
  public void append(RunFolder run) {
    JsonLines.append(run.samples(), this);
  }

  /**
   * The samples of a run by step; none if it keeps none. A run resumed after a kill repeats steps;
   * the later samples replace the earlier ones.
   */
  public static List<ValidationSamples> read(RunFolder run) {
    List<ValidationSamples> all = new ArrayList<>();
    for (JsonNode line : JsonLines.read(run.samples())) {
      Optional<ValidationSamples> samples = JsonLines.as(ValidationSamples.class, line);
      samples.ifPresent(
          added -> {
            while (!all.isEmpty() && all.get(all.size() - 1).step() >= added.step()) {
              all.remove(all.size() - 1);
            }
            all.add(added);
          });
    }
    return all;
  }
}
