/**
 * What all commands share: exit codes, terminal and progress, standard input, threads, child
 * processes.
 *
 * <p>Nothing here knows a command. Read {@link org.yuqiao.cli.console.Terminal} first.
 */
package org.yuqiao.cli.console;
