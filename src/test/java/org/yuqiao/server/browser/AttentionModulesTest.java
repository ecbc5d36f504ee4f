package org.yuqiao.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the views Attention and Step by step compute before they draw. */
@BrowserTest
class AttentionModulesTest {
  private static final String TOKENS =
      "const tokens = ['\u2581The', '\u2581anim', 'al', '.', '<eos>'];";

  /** A causal head of two tokens with D = d_k = 2, pre-norm. */
  private static final String TRACE =
      """
      const rows = ['\u2581a', '\u2581b'];
      const step = (id, symbol, formula, values, columns = []) =>
          ({id, symbol, formula, values, rows, columns, shape: [2, values[0]?.length ?? 9]});
      const trace = {queries: rows, keys: rows, steps: [
        step('tokens', 't', 'id(t)', [[4], [7]]),
        {...step('one-hot', 'O', 'O[t, id(t)] = 1, else 0', []), ids: [4, 7]},
        step('embedding', 'E', 'E = √D · O · W_E', [[1, 2], [3, -4]]),
        step('position', 'PE', 'PE[t, 2i] = sin(t / 10000^(2i/2))', [[0, 1], [0.841471, 0.540302]]),
        step('input', 'X', 'X = E + PE', [[1, 3], [3.841471, -3.459698]]),
        step('norm', 'N', 'N = …', [[-1, 1], [1, -1]]),
        step('query', 'Q', 'Q = N W_Q', [[1, 2], [2, -1]]),
        step('key', 'K', 'K = N W_K', [[1, 0], [3, 1]]),
        step('value', 'V', 'V = N W_V', [[1, 0], [0, 5]]),
        step('scores', 'S', 'S = Q Kᵀ', [[1, 5], [2, 5]], rows),
        step('scaled', 'S′', 'S / √2', [[0.7071068, 3.535534], [1.414214, 3.535534]], rows),
        step('masked', 'Ŝ', 'mask', [[0.7071068, NaN], [1.414214, 3.535534]], rows),
        step('weights', 'A', 'exp(Ŝ)', [[1, 0], [0.1070418, 0.8929582]], rows),
        step('head-output', 'Z', 'Z = A V', [[1, 0], [0.1070418, 4.464791]]),
        step('projected', 'P', 'P = C W_O + b_O', [[1, 1], [-2, 0.5]]),
        step('residual', 'R', 'R = X + P', [[2, 4], [1.841471, -2.959698]]),
      ]};
      const at = id => trace.steps.findIndex(one => one.id === id);
      """;

  @AutoClose private PageModules modules;

  @BeforeEach
  void serveModules() throws IOException {
    modules = new PageModules();
  }

  private String measures(Browser browser, String body) {
    return modules.value(browser, "views/attention/measures.js", body);
  }

  private String worked(Browser browser, String id, int row, int column) {
    return modules.value(
        browser,
        "views/steps/worked.js",
        TRACE
            + ("return m.workedOut(trace, at('%s'), {row: %d, column: %d})"
                    + ".map(line => line.formula ?? [line.key, ...line.args].join(' ')).join(' | ');")
                .formatted(id, row, column));
  }

  @Test
  void entropyIsZeroForOneKeyAndTheLogarithmOfEqualKeys(Browser browser) {
    assertEquals(
        "[0,true,true]",
        measures(
            browser,
            """
            const close = (a, b) => Math.abs(a - b) < 1e-12;
            return [m.entropy([0, 1, 0]), close(m.entropy([0.25, 0.25, 0.25, 0.25]), Math.log(4)),
              close(m.meanEntropy([[1, 0], [0.5, 0.5]]), Math.log(2) / 2)];
            """));
  }

  @Test
  void distanceIsFromTheTokenItselfOrFromTheDiagonalOfTwoSentences(Browser browser) {
    assertEquals(
        "[0,1,0,1]",
        measures(
            browser,
            """
            return [m.meanDistance([[1, 0], [0, 1]]), m.meanDistance([[0, 1], [1, 0]]),
              m.meanDistance([[1, 0, 0], [0, 0, 1]]), m.meanDistance([[0, 1, 0], [0, 1, 0]])];
            """));
  }

  @Test
  void subwordsJoinToWordsWhoseRowsStillAddUpToOne(Browser browser) {
    assertEquals(
        "{\"words\":[[0],[1,2],[3],[4]],\"row\":[0.25,0.5,0.25,0],\"sum\":1}",
        measures(
            browser,
            TOKENS
                + """
                const words = m.words(tokens);
                const uniform = [0.25, 0.25, 0.25, 0.25, 0];
                const rows = m.merged(tokens.map(() => uniform), words, words);
                return {words, row: rows[1], sum: rows[1].reduce((a, b) => a + b)};
                """));
  }

  @Test
  void laterKeysAreMaskedNotZeroAndNeverAmongTheLargest(Browser browser) {
    assertEquals(
        "{\"masked\":[[1,null],[0,1]],\"top\":[0],\"mean\":[[0.5,0.5],[0.5,0.5]]}",
        measures(
            browser,
            """
            const masked = m.masked([[1, 0], [0, 1]]);
            return {masked, top: m.top(masked[0], 5).map(one => one.index),
              mean: m.average([[[1, 0], [0, 1]], [[0, 1], [1, 0]]])};
            """));
  }

  @Test
  void linesBelowTheThresholdOrOfOtherTokensThanThePinnedOneAreNotDrawn(Browser browser) {
    assertEquals(
        "{\"all\":3,\"pinned\":[[1,0],[1,1]],\"key\":[[0,0],[1,0]]}",
        modules.value(
            browser,
            "views/attention/head-lines.js",
            """
            const weights = [[0.9, 0.1], [0.4, 0.6]];
            const lines = (threshold, active) => m.lineLevels({weights, threshold, active}).flat().sort();
            return {all: lines(0.2, null).length, pinned: lines(0, {side: 'query', index: 1}),
              key: lines(0.2, {side: 'key', index: 0})};
            """));
  }

  @Test
  void aScoreIsWorkedOutAsTheDotProductOfQueryAndKey(Browser browser) {
    assertEquals("\"Q[\u2581b] · K[\u2581b] = 2·3 + (−1)·1 = 5\"", worked(browser, "scores", 1, 1));
  }

  @Test
  void aWeightIsWorkedOutByExpAndItsRowAddsUpToOne(Browser browser) {
    assertEquals(
        "\"A[\u2581b, \u2581a] = exp(1.414214) / Σ exp = 4.113 / 38.43 = 0.1070418"
            + " | steps.sum \u2581b 1\"",
        worked(browser, "weights", 1, 0));
  }

  @Test
  void aMaskedScoreIsMinusInfinityBecauseItsKeyComesLater(Browser browser) {
    assertEquals(
        "\"Ŝ[\u2581a, \u2581b] = −∞ | steps.mask.hidden \u2581b \u2581a\"",
        worked(browser, "masked", 0, 1));
  }

  @Test
  void sumsAndPositionsAreWorkedOutFromTheStepsBefore(Browser browser) {
    assertEquals(
        "\"R[\u2581b, 0] = 3.841471 + (−2) = 1.841471\"", worked(browser, "residual", 1, 0));
    assertEquals(
        "\"PE[1, 1] = cos(1 / 10000^(0/2)) = 0.540302\"", worked(browser, "position", 1, 1));
  }

  @Test
  void stepsAreGroupedAndKnowWhatTheyAreComputedFrom(Browser browser) {
    assertEquals(
        "{\"groups\":\"input attention layer\",\"scores\":\"Q × Kᵀ\",\"query\":\"N × W_Q\","
            + "\"residual\":\"X + P\"}",
        modules.value(
            browser,
            "views/steps/trace.js",
            TRACE
                + """
                const flow = id => m.flowOf(trace, at(id)).parts.map(part => part.symbol ?? part).join(' ');
                return {groups: m.grouped(trace.steps).map(one => one.group).join(' '),
                  scores: flow('scores'), query: flow('query'), residual: flow('residual')};
                """));
  }

  @Test
  void formulasAreSetWithSubscriptsAndSuperscripts(Browser browser) {
    assertEquals(
        "\"plain:sin(t / 10000|sup:2i/192|plain:) W|sub:Q\"",
        modules.value(
            browser,
            "parts/formula.js",
            "return m.formulaParts('sin(t / 10000^(2i/192)) W_Q')"
                + ".map(part => part.kind + ':' + part.text).join('|');"));
  }
}
