/**
 * How a command reaches a cluster: its options, and the interface that the build in {@code spark/}
 * implements.
 *
 * <p>The core knows no cluster: {@link org.yuqiao.cli.cluster.ClusterEngine} is found at run time,
 * on the class path that the launcher makes. Read {@code EngineOptions} first.
 */
package org.yuqiao.cli.cluster;
