/**
 * Commands that draw one picture each, as PNG or SVG.
 *
 * <p>The pictures themselves are in {@code figure}. Read {@link org.yuqiao.cli.plot.PlotCommand}
 * first.
 */
package org.yuqiao.cli.plot;
