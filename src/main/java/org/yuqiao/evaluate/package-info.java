/**
 * Evaluation of translations and labels: BLEU, chrF, TER (equal to sacreBLEU), F1 and bootstrap
 * tests. Only metrics and significance tests belong here; they take strings, not models. Start with
 * {@link org.yuqiao.evaluate.Metric}.
 *
 * <p>Every score has a signature in sacreBLEU's notation. Its {@code version} is the reproduced
 * version of sacreBLEU, so scores with equal signatures are comparable across programs.
 */
package org.yuqiao.evaluate;
