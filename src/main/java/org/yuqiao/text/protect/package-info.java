/**
 * Spans that a translation copies: numbers, URLs, e-mail addresses, tags, format placeholders; and
 * dates and large numbers, which it writes as its language does. In come their recognition and the
 * characters that replace them; nothing that knows a model.
 *
 * <p>Start with {@link org.yuqiao.text.protect.ProtectedText}.
 */
package org.yuqiao.text.protect;
