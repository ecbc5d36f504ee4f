package org.yuqiao.model;

import org.nd4j.autodiff.samediff.SameDiff;

/** A graph and the name of its only output. */
public record InferenceGraph(SameDiff graph, String output) {}
