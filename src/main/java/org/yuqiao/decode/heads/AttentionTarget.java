package org.yuqiao.decode.heads;

/**
 * The keys that a type of attention head looks at (Clark et al. 2019, section 3; Voita et al. 2019,
 * section 5).
 */
public enum AttentionTarget {
  /** The token before the query; does not apply to the first token. */
  PREVIOUS,
  /** The query's own token. */
  SAME,
  /** The token after the query; does not apply to the last token or under a causal mask. */
  NEXT,
  /** {@code <bos>}, {@code <eos>} and punctuation; does not apply to punctuation. */
  SEPARATOR,
  /** In cross-attention, the source words linked with the query's word; applies to linked words. */
  ALIGNED
}
