/** The trainer, learning-rate schedules, the optimiser, checkpoints, early stopping. */
package org.yuqiao.train;
