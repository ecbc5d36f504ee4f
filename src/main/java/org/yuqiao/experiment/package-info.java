/**
 * An experiment (YAML) becomes a run (a folder): settings, provenance, tokenizers, metrics,
 * checkpoints, the model, and a report to read.
 */
package org.yuqiao.experiment;
