/**
 * Runs compared side by side: the settings that differ, scores with their uncertainty, and which
 * differences are noise.
 */
package org.yuqiao.experiment.compare;
