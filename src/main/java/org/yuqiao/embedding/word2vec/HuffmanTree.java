package org.yuqiao.embedding.word2vec;

/**
 * Hierarchical softmax over a Huffman tree ("Distributed Representations of Words and Phrases",
 * 2013, 2.1): predicts a word by the turns of its path from the root; frequent words have short
 * paths. The output matrix has one row for each inner node.
 */
final class HuffmanTree implements OutputRows {
  private final int[][] nodes;
  private final boolean[][] turns;
  private final int maxDepth;

  /** The tree of words sorted by descending count. */
  HuffmanTree(WordCounts words) {
    int size = words.size();
    int[] parent = new int[2 * size];
    boolean[] second = new boolean[2 * size];
    join(words, parent, second);
    nodes = new int[size][];
    turns = new boolean[size][];
    int max = 0;
    int root = 2 * size - 2;
    for (int word = 0; word < size; word++) {
      int depth = 0;
      for (int node = word; node != root; node = parent[node]) {
        depth++;
      }
      nodes[word] = new int[depth];
      turns[word] = new boolean[depth];
      int node = word;
      for (int i = depth - 1; i >= 0; i--) {
        turns[word][i] = second[node];
        node = parent[node];
        nodes[word][i] = node - size;
      }
      max = Math.max(max, depth);
    }
    maxDepth = max;
  }

  /**
   * Joins the two lightest nodes repeatedly. Leaves are taken from the rare end and inner nodes are
   * created in ascending weight, so both queues are sorted.
   */
  private static void join(WordCounts words, int[] parent, boolean[] second) {
    int size = words.size();
    long[] weight = new long[2 * size];
    for (int i = 0; i < size; i++) {
      weight[i] = words.count(i);
    }
    int leaf = size - 1;
    int inner = size;
    for (int next = size; next < 2 * size - 1; next++) {
      for (int turn = 0; turn < 2; turn++) {
        boolean takeLeaf = leaf >= 0 && (inner == next || weight[leaf] < weight[inner]);
        int node = takeLeaf ? leaf-- : inner++;
        weight[next] += weight[node];
        parent[node] = next;
        second[node] = turn == 1;
      }
    }
  }

  /** The length of a word's path. */
  int depth(int word) {
    return nodes[word].length;
  }

  @Override
  public int rows() {
    return Math.max(1, nodes.length - 1);
  }

  @Override
  public int maxTargets() {
    return Math.max(1, maxDepth);
  }

  @Override
  public void fill(int word, int stride, SplitMix random, Targets targets) {
    targets.clear();
    for (int i = 0; i < nodes[word].length; i++) {
      targets.add(nodes[word][i] * stride, turns[word][i] ? 0 : 1);
    }
  }
}
