/**
 * How good translations are: BLEU, chrF and TER, equal to sacreBLEU's, and by bootstrap resampling
 * how certain a score is and whether the difference between two systems is more than chance.
 *
 * <p>Every figure comes with a signature, sacreBLEU's line of fields that says what was computed.
 * Its {@code version} is that of the sacreBLEU whose behavior is reproduced, not Yuqiao's own:
 * figures under equal signatures can be compared, whichever program made them.
 */
package org.yuqiao.evaluate;
