package org.yuqiao.text.sentencepiece;

import java.util.Optional;

/**
 * The settings of normalization.
 *
 * @param characterMap a trie of replaced prefixes with their replacements, or empty
 * @param addDummyPrefix whether a space is put before the text
 * @param removeExtraWhitespaces whether spaces at the ends go and runs become one
 * @param escapeWhitespaces whether a space becomes U+2581
 * @param whitespaceAsSuffix whether the dummy space is put behind the text
 */
record NormalizerSettings(
    Optional<CharacterMap> characterMap,
    boolean addDummyPrefix,
    boolean removeExtraWhitespaces,
    boolean escapeWhitespaces,
    boolean whitespaceAsSuffix) {}
