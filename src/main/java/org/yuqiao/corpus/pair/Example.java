package org.yuqiao.corpus.pair;

/**
 * A pair as token ids, without &lt;bos&gt; and &lt;eos&gt;.
 *
 * @param source ids of the source side
 * @param target ids of the target side
 */
public record Example(int[] source, int[] target) {}
