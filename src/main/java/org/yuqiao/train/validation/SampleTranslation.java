package org.yuqiao.train.validation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A validation sentence with its reference and the model's translation. */
public record SampleTranslation(
    @JsonProperty(required = true) String source,
    @JsonProperty(required = true) String reference,
    @JsonProperty(required = true) String translation) {}
