/**
 * Settings of an experiment: YAML to records, checked once at the border, then trusted; the manual;
 * defaults.
 *
 * <p>Start with {@link org.yuqiao.settings.ExperimentSettings}; {@code defaults.yaml} documents
 * every key.
 */
package org.yuqiao.settings;
