package org.yuqiao.store.graph;

import java.util.List;

/** The inputs and outputs of a graph. */
public record GraphSignature(List<GraphValue> inputs, List<GraphValue> outputs) {}
