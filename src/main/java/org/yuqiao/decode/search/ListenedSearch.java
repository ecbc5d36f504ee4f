package org.yuqiao.decode.search;

import java.util.List;
import org.yuqiao.decode.step.Hypothesis;

/** A search that reports its best hypothesis after each step and ends when it is cancelled. */
final class ListenedSearch implements Search {
  private static final int[] NO_ROWS = {};

  private final Search search;
  private final BestPrefix best;
  private final SearchListener listener;
  private boolean cancelled;

  /**
   * Follows {@code search}.
   *
   * @param best observes it
   */
  ListenedSearch(Search search, BestPrefix best, SearchListener listener) {
    this.search = search;
    this.best = best;
    this.listener = listener;
  }

  @Override
  public int rows() {
    return cancelled ? 0 : search.rows();
  }

  @Override
  public int token(int row) {
    return search.token(row);
  }

  @Override
  public int[] advance(Scores scores) {
    cancelled = listener.isCancelled();
    if (cancelled) {
      return NO_ROWS;
    }
    best.beginStep();
    int[] parents = search.advance(scores);
    best.report(search.rows() == 0, listener);
    return parents;
  }

  @Override
  public List<Hypothesis> result() {
    return search.result();
  }
}
