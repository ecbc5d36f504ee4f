package org.yuqiao.model;

/**
 * What distinguishes the stacks of a model.
 *
 * @param name prefix of parameter names
 * @param embedding the parameter that holds the embeddings of its tokens
 * @param causal whether a position sees only itself and earlier ones
 */
record StackShape(String name, String embedding, int vocabulary, int layers, boolean causal) {}
