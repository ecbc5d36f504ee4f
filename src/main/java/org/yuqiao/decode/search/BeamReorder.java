package org.yuqiao.decode.search;

import java.util.Arrays;

/**
 * Assigns the children of a beam step to rows. A child stays in its parent's row where it can, and
 * further children take the rows of pruned hypotheses: the caches of most rows stay in place, and
 * no row that is still needed is overwritten.
 */
final class BeamReorder {
  private BeamReorder() {}

  /**
   * Assigns children to rows.
   *
   * @param parents the row that each child continues
   * @param rows the number of rows before the step
   * @return for each row from 0 to {@code parents.length} - 1 the child that goes there
   */
  static int[] inPlace(int[] parents, int rows) {
    int count = parents.length;
    int[] childOf = new int[count];
    Arrays.fill(childOf, -1);
    boolean[] placed = new boolean[count];
    for (int child = 0; child < count; child++) {
      int row = parents[child];
      if (row < Math.min(count, rows) && childOf[row] < 0) {
        childOf[row] = child;
        placed[child] = true;
      }
    }
    int free = 0;
    for (int child = 0; child < count; child++) {
      if (!placed[child]) {
        while (childOf[free] >= 0) {
          free++;
        }
        childOf[free] = child;
      }
    }
    return childOf;
  }
}
