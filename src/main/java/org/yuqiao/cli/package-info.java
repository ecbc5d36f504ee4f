/** The verbs of the command line. */
package org.yuqiao.cli;
