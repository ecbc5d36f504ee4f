package org.yuqiao.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What views compute before they draw: layouts of the beam, labels, cameras, curves, settings. */
@BrowserTest
class ViewModulesTest {
  /**
   * Two steps: of three first tokens one is pruned; "a" ends at once and as "a c", "b" only as
   * pruned "b d".
   */
  private static final String NODES =
      """
      const node = (id, parent, token, score, status) =>
          ({id, parent, token, score, logProbability: score, status});
      const nodes = [
        node(0, -1, '<bos>', 0, 'kept'),
        node(1, 0, 'b', -0.5, 'kept'), node(2, 0, 'x', -3, 'pruned'), node(3, 0, 'a', -1, 'kept'),
        node(4, 3, '<eos>', -2, 'finished'), node(5, 3, 'c', -1.5, 'kept'),
        node(6, 1, 'd', -9, 'pruned'), node(7, 5, '<eos>', -1.2, 'finished'),
      ];
      """;

  @AutoClose private PageModules modules;

  @BeforeEach
  void serveModules() throws IOException {
    modules = new PageModules();
  }

  private String value(Browser browser, String module, String body) {
    return modules.value(browser, "views/" + module, body);
  }

  @Test
  void aColumnOfTheBeamHoldsAStepBestFirstAndPrunedLast(Browser browser) {
    assertEquals(
        "[\"<bos>\",\"b a x\",\"c <eos> d\",\"<eos>\"]",
        value(
            browser,
            "decode/beam-layout.js",
            NODES
                + """
                const columns = [];
                for (const {node, column, row} of m.layoutByRank(nodes, 7).placed) {
                  (columns[column] ??= [])[row] = node.token;
                }
                return columns.map(column => column.join(' '));
                """));
  }

  @Test
  void theTreeShowsTheChosenBranchOnTopAndNoTwoNodesInOnePlace(Browser browser) {
    assertEquals(
        "{\"top\":\"<bos> a c <eos>\",\"places\":8,\"nodes\":8}",
        value(
            browser,
            "decode/beam-layout.js",
            NODES
                + """
                const {placed} = m.layoutAsTree(nodes, 7);
                return {
                  top: placed.filter(p => p.row === 0).map(p => p.node.token).join(' '),
                  places: new Set(placed.map(p => `${p.column},${p.row}`)).size,
                  nodes: placed.length,
                };
                """));
  }

  @Test
  void withoutPrunedOnlyWhatLeadsToAFinishedHypothesisIsLeft(Browser browser) {
    assertEquals(
        "[0,3,4,5,7]",
        value(
            browser,
            "decode/beam-layout.js",
            NODES + "return m.withoutPruned(nodes).map(node => node.id);"));
  }

  @Test
  void labelsOfAPlotDoNotCoverEachOther(Browser browser) {
    assertEquals(
        "{\"placed\":true,\"left\":true,\"overlaps\":0,\"outside\":0}",
        value(
            browser,
            "embeddings/labels.js",
            """
            const labels = Array.from({length: 200}, (_, i) =>
                ({x: 10 + (i * 37) % 380, y: 10 + (i * 61) % 280, width: 40, height: 14, gap: 6}));
            const boxes = m.placeLabels(labels, 400, 300, 0).filter(box => box);
            const overlap = (a, b) => a !== b && a.left < b.right && b.left < a.right
                && a.top < b.bottom && b.top < a.bottom;
            return {
              placed: boxes.length > 40,
              left: boxes.length < 200,
              overlaps: boxes.filter(a => boxes.some(b => overlap(a, b))).length,
              outside: boxes.filter(a => a.left < 0 || a.top < 0 || a.right > 400 || a.bottom > 300).length,
            };
            """));
  }

  @Test
  void zoomingKeepsThePointUnderThePointer(Browser browser) {
    assertEquals(
        "[310,95]",
        value(
            browser,
            "embeddings/camera.js",
            """
            const bounds = {center: {x: 0, y: 0, z: 0}, radius: 1};
            const camera = {...m.initialCamera(false), panX: 12, panY: -7};
            const scale = 150 * 0.88;
            const point = {x: (310 - 200 - 12) / scale, y: -(95 - 150 + 7) / scale};
            const zoomed = m.zoomAt(camera, 2.5, 310, 95, 400, 300);
            const {x, y} = m.projector(zoomed, bounds, 400, 300)(point);
            return [Math.round(x), Math.round(y)];
            """));
  }

  @Test
  void aFlatCloudFillsItsFrame(Browser browser) {
    assertEquals(
        "[24,376,194,106]",
        value(
            browser,
            "embeddings/camera.js",
            """
            const points = [{x: 1, y: 5}, {x: 9, y: 5}, {x: 5, y: 4}, {x: 5, y: 6}];
            const place = m.projector(m.initialCamera(false), m.extent(points), 400, 300);
            const [left, right, bottom, top] = points.map(place);
            return [left.x, right.x, bottom.y, top.y].map(Math.round);
            """));
  }

  @Test
  void aRotationByAQuarterBringsDepthToTheSide(Browser browser) {
    assertEquals(
        "[true,true]",
        value(
            browser,
            "embeddings/camera.js",
            """
            const bounds = {center: {x: 0, y: 0, z: 0}, radius: 1};
            const camera = {yaw: Math.PI / 2, pitch: 0, zoom: 1, panX: 0, panY: 0};
            const at = m.projector(camera, bounds, 200, 200)({x: 0, y: 0, z: 1});
            return [Math.abs(at.x - 188) < 1e-6, Math.abs(at.depth) < 1e-6];
            """));
  }

  @Test
  void smoothingKeepsAConstantCurveAndStartsAtTheFirstValue(Browser browser) {
    assertEquals(
        "{\"constant\":[4,4,4],\"first\":8}",
        value(
            browser,
            "runs/series.js",
            """
            const curve = ys => ys.map((y, x) => ({x, y}));
            return {
              constant: m.smooth(curve([4, 4, 4]), 0.9).map(p => Math.round(p.y * 1e6) / 1e6),
              first: Math.round(m.smooth(curve([8, 2, 2]), 0.9)[0].y * 1e6) / 1e6,
            };
            """));
  }

  @Test
  void aResumedRunReplacesTheStepsItMeasuresAgain(Browser browser) {
    assertEquals(
        "{\"loss\":[[50,1,3],[100,2,2.5]],\"bleu\":[[100,2,9]]}",
        value(
            browser,
            "runs/series.js",
            """
            return m.appended(
                {loss: [[50, 1, 3], [100, 2, 2], [150, 3, 1]]},
                {loss: [100, 2, 2.5], bleu: [100, 2, 9]});
            """));
  }

  @Test
  void settingsThatDifferAreMarked(Browser browser) {
    assertEquals(
        "[\"model.heads 4|8 true\",\"train.seed 1|1 false\",\"train.steps |9 true\"]",
        value(
            browser,
            "runs/settings.js",
            """
            const rows = m.settingRows([
              {'train.seed': 1, 'model.heads': 4},
              {'train.seed': 1, 'model.heads': 8, 'train.steps': 9},
            ]);
            return rows.map(row => `${row.key} ${row.values.join('|')} ${row.differs}`);
            """));
  }
}
