/**
 * Greedy search, beam search (束搜索) and sampling for one sentence; models, threads and text don't
 * belong here. Read {@code Search} and {@code GreedySearch} first, then {@code Strategy}, which
 * makes them.
 */
package org.yuqiao.decode.search;
