package org.yuqiao.model;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.layers.attention.MultiHeadAttention.KeysAndValues;
import org.yuqiao.layers.base.Scope;

/** Declares placeholders of caches {@code [rows, positions, width]} and lists their names. */
final class CacheInputs {
  private final Scope scope;
  private final int width;
  private final List<String> names = new ArrayList<>();

  CacheInputs(Scope scope, int width) {
    this.scope = scope;
    this.width = width;
  }

  /** The cache {@code name}. */
  SDVariable input(String name) {
    names.add(name);
    return scope.input(name, -1, -1, width);
  }

  /** The caches of the keys and values of {@code attention}. */
  KeysAndValues keysAndValues(String attention) {
    return new KeysAndValues(input(keys(attention)), input(values(attention)));
  }

  /** The name of the cache of the keys of {@code attention}. */
  static String keys(String attention) {
    return attention + ".keys";
  }

  /** The name of the cache of the values of {@code attention}. */
  static String values(String attention) {
    return attention + ".values";
  }

  /** The names of all caches, in order. */
  List<String> names() {
    return names;
  }
}
