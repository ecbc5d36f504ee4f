/** The command that serves the explorer. Read {@link org.yuqiao.cli.serve.ServeCommand} first. */
package org.yuqiao.cli.serve;
