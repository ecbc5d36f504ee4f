/**
 * Logits processors: edits of the next token's logits, independent of search and model, such as
 * prefixes, length limits and n-gram blocking. Read {@code LogitsProcessor} first.
 */
package org.yuqiao.decode.logits;
