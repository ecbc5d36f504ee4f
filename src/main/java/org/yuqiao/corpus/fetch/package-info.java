/**
 * Public corpora and test sets: a registry of where they come from, their download, unpacking and
 * splitting into {@code data/NAME}. In comes code between an address and files that training reads.
 *
 * <p>Start with {@link org.yuqiao.corpus.fetch.CorpusFetch}; the addresses are in {@code
 * corpora.yaml}.
 */
package org.yuqiao.corpus.fetch;
