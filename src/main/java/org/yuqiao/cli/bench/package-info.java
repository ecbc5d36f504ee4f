/**
 * Commands that measure speed and print tables or JSON.
 *
 * <p>The measurements are in {@code org.yuqiao.bench}, except those of whole processes. Read {@link
 * org.yuqiao.cli.bench.BenchCommand} first.
 */
package org.yuqiao.cli.bench;
