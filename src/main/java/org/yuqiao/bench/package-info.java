/**
 * Speed measurements of training steps and of translation, on reproducible workloads.
 *
 * <p>{@code ClusterStep} predicts what several machines would reach. A workload can be exported, so
 * that another program does the same work. Commands are in {@code cli.bench}, scripts in {@code
 * benchmarks/}. Read {@link org.yuqiao.bench.TranslationSpeed} first.
 */
package org.yuqiao.bench;
