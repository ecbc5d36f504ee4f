package org.yuqiao.spark;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** The results of a function for the elements of an iterator, without those that have none. */
final class Selected<A, B> implements Iterator<B> {
  private final Iterator<A> elements;
  private final Function<A, Optional<B>> function;
  private Optional<B> next = Optional.empty();

  Selected(Iterator<A> elements, Function<A, Optional<B>> function) {
    this.elements = elements;
    this.function = function;
  }

  @Override
  public boolean hasNext() {
    while (next.isEmpty() && elements.hasNext()) {
      next = function.apply(elements.next());
    }
    return next.isPresent();
  }

  @Override
  public B next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more elements");
    }
    B result = next.get();
    next = Optional.empty();
    return result;
  }
}
