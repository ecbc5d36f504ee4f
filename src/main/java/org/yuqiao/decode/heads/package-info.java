/**
 * Attention heads examined one by one: where each looks, how well it aligns words, and what a model
 * does without it. Token ids and gold alignments come in. Read {@code HeadSurvey} first.
 */
package org.yuqiao.decode.heads;
