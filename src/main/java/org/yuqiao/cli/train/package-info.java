/**
 * Commands that train: one run ({@code train}), many runs ({@code experiment}), and the reference
 * of settings.
 *
 * <p>Read {@link org.yuqiao.cli.train.TrainCommand} first.
 */
package org.yuqiao.cli.train;
