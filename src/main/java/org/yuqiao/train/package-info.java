/** The trainer, learning-rate schedules, the optimizer, checkpoints, early stopping. */
package org.yuqiao.train;
