package org.yuqiao.cli.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The cluster that a command runs on.
 *
 * @param master its address: {@code spark://host:7077}, {@code yarn}, {@code k8s://...}, {@code
 *     local[2]}
 * @param executors how many are started; empty for as many as the cluster gives
 * @param executorCores the cores of each, which are the threads of its only task where a model
 *     computes
 * @param executorMemory the Java heap of each, as {@code 4g}; empty for the engine's default
 * @param properties of the engine by name, which come before all others
 */
public record ClusterSettings(
    String master,
    OptionalInt executors,
    int executorCores,
    Optional<String> executorMemory,
    Map<String, String> properties) {}
