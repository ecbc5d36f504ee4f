package org.yuqiao.decode;

import org.yuqiao.backend.ParameterBuffer;
import org.yuqiao.model.EncoderDecoder;

/** A model with its weights, which are read where they are. */
public record WeightedModel(EncoderDecoder model, ParameterBuffer parameters) {}
