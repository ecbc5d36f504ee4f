package org.yuqiao.corpus.augment;

import org.yuqiao.files.InvalidInputException;

/**
 * The settings of data augmentation: for each training pair the probability that a variant is
 * trained on besides it. 0: none.
 *
 * @param joined the pair behind one or two other pairs, on one line
 * @param unpunctuated without the final punctuation mark of both sides
 * @param lowercased with a source side in lower case
 * @param copied with a number, address, name or emoji that stands on both sides, or that alone
 * @param named with a Chinese name in place of a frequent one (Tom, Mary) that stands on both sides
 * @param misspelled with a typing error in the source
 */
public record AugmentationSettings(
    double joined,
    double unpunctuated,
    double lowercased,
    double copied,
    double named,
    double misspelled) {
  /** No augmentation. */
  public static final AugmentationSettings NONE = new AugmentationSettings(0, 0, 0, 0, 0, 0);

  /** Checks the ranges. */
  public AugmentationSettings {
    check("joined", joined);
    check("unpunctuated", unpunctuated);
    check("lowercased", lowercased);
    check("copied", copied);
    check("named", named);
    check("misspelled", misspelled);
  }

  private static void check(String name, double probability) {
    InvalidInputException.require(
        probability >= 0 && probability <= 1,
        "data.augment." + name + " must be from 0 to 1, not " + probability);
  }

  /** Whether no pair has a variant. */
  public boolean hasNone() {
    return equals(NONE);
  }
}
