package org.yuqiao.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the views Translate and Compare, and the tokens that all views show, compute. */
@BrowserTest
class TranslateModulesTest {
  @AutoClose private PageModules modules;

  @BeforeEach
  void serveModules() throws IOException {
    modules = new PageModules();
  }

  @Test
  void lineBreaksOfAStreamedTextAreKeptAndALaterTokenReplacesThePrefix(Browser browser) {
    assertEquals(
        "[\"A. B.\\n\\nC.\",2,true,\"C.\"]",
        modules.value(
            browser,
            "views/translate/sentences.js",
            """
            const now = m.nothingYet();
            const take = (event, data) => m.take(now, {event, data});
            take('start', {model: 'zh-en', sentences: 3, lines: 3});
            take('token', {line: 0, sentence: 0, tokens: [{token: 'X'}], text: 'X'});
            take('token', {line: 0, sentence: 0, tokens: [{token: 'A'}, {token: '.'}], text: 'A.'});
            take('sentence', {line: 0, sentence: 0, source: '甲。', gap: '', text: 'A.', tokens: []});
            take('token', {line: 0, sentence: 0, tokens: [], text: 'late'});
            take('sentence', {line: 2, sentence: 2, source: '丙。', gap: '', text: 'C.', tokens: []});
            take('sentence', {line: 0, sentence: 1, source: '乙。', gap: '', text: 'B.', tokens: []});
            return [m.wholeText(now, true), m.ofLine(now, 0).length, m.ofLine(now, 1).length === 0,
              now.sentences[2].text];
            """));
  }

  @Test
  void anEmptyLineHasNoSentences(Browser browser) {
    assertEquals(
        "[0,1]",
        modules.value(
            browser,
            "views/translate/sentences.js",
            """
            const now = m.nothingYet();
            const take = (line, source) => m.take(now, {event: 'sentence', data:
                {line, sentence: line, source, gap: '', text: source, tokens: []}});
            take(0, '');
            take(1, '甲。');
            return [m.ofLine(now, 0).length, m.ofLine(now, 1).length];
            """));
  }

  @Test
  void perplexityIsOneForSureTokensAndTheirNumberOfEqualChoices(Browser browser) {
    assertEquals(
        "[1,4,null]",
        modules.value(
            browser,
            "views/translate/sentences.js",
            """
            const of = (...ps) => m.perplexity(ps.map(probability => ({token: 'a', probability})));
            return [of(1, 1), Math.round(of(0.25, 0.25) * 1e9) / 1e9, of() ?? null];
            """));
  }

  @Test
  void attendedTokensAreFoundInTheTextAsItWasTyped(Browser browser) {
    assertEquals(
        "[[7,10],[11,15],[15,17],[17,18],null,[0,7]]",
        modules.value(
            browser,
            "views/translate/attended.js",
            """
            const text = 'A dog. The teaches. B';
            const tokens = ['\u2581the', '\u2581teac', 'he', 's', '<eos>'];
            const from = m.beginnings(text, [{source: 'A dog.'}, {source: 'The teaches.'}]);
            return [...m.placesOf(text, from[1], tokens).map(place => place ?? null), from];
            """));
  }

  @Test
  void attentionIsTheMeanOfTheHeadsOfTheLastLayerButOne(Browser browser) {
    assertEquals(
        "[0,[[0.5,0.5]],[1,0]]",
        modules.value(
            browser,
            "views/translate/attended.js",
            """
            const explanation = {cross: {weights: [[[[1, 0]], [[0, 1]]], [[[0.9, 0.1]], [[0.9, 0.1]]]]}};
            return [m.alignmentLayer(explanation), m.attended(explanation), m.lit([0.5, 0.01])];
            """));
  }

  @Test
  void tokensWithoutAPartnerInTheOtherTranslationAreFound(Browser browser) {
    assertEquals(
        "[[1],[1,3],[],[0]]",
        modules.value(
            browser,
            "views/compare/difference.js",
            """
            const all = ({ours, theirs}) => [[...ours], [...theirs]];
            return [...all(m.unmatched(['a', 'b', 'c'], ['a', 'x', 'c', 'd'])), ...all(m.unmatched([], ['a']))];
            """));
  }

  @Test
  void headsAreSubtractedCellByCell(Browser browser) {
    assertEquals(
        "[[[0.5,-0.5]],0.5,{\"row\":0,\"column\":0,\"value\":0.5},true,[[0.25,0.75]]]",
        modules.value(
            browser,
            "views/compare/difference.js",
            """
            const {values, mean, largest} = m.difference([[1, 0]], [[0.5, 0.5]]);
            return [values, mean, largest, m.headOf([[[[1]]]], 2, 1) === undefined,
              m.headOf([[[[0.5, 0.5]], [[0, 1]]]], 1, 0)];
            """));
  }

  @Test
  void labelsShowASubwordThatContinuesAWordWithAHyphen(Browser browser) {
    assertEquals(
        "[\"un\",\"-believ\",\".\",\"今天\",\"天气\",\"<eos>\",\"zh\",\"unbeliev. 今天天气\"]",
        modules.value(
            browser,
            "parts/text.js",
            """
            const tokens = ['\u2581un', 'believ', '.', '\u2581今天', '天气', '<eos>'];
            return [...m.labels(tokens), m.scriptOf('I say 你好'), m.joined(tokens)];
            """));
  }
}
