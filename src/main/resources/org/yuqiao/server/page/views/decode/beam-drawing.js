// @ts-check
import { nothing, svg } from "lit-html";
import { minus } from "./token.js";

/** @typedef {import("./beam-layout.js").BeamNode} BeamNode */
/** @typedef {import("./beam-layout.js").Layout} Layout */
/** @typedef {import("./beam-layout.js").Placed} Placed */

const ROW = 36;
const PILL = 26;
const GAP = 36;
const MARGIN = 8;

/**
 * @typedef {object} Drawing
 * @property {Layout} layout
 * @property {number[]} left the left edge of each column, in pixels
 * @property {number[]} wide the width of each column
 * @property {number} width
 * @property {number} height
 */

/**
 * Gives each column the width of its longest token.
 *
 * @param {Layout} layout
 * @param {(node: BeamNode) => string} shown
 * @returns {Drawing}
 */
export function drawing(layout, shown) {
  const wide = Array.from({ length: layout.columns }, () => 48);
  for (const { node, column } of layout.placed) {
    wide[column] = Math.max(wide[column], textWidth(shown(node)) + 66);
  }
  const left = [];
  let x = MARGIN;
  for (const w of wide) {
    left.push(x);
    x += w + GAP;
  }
  return { layout, left, wide, width: x - GAP + MARGIN, height: layout.rows * ROW + MARGIN };
}

/**
 * The links and nodes of the beam as SVG groups.
 *
 * @param {Drawing} drawing
 * @param {object} look
 * @param {(node: BeamNode) => string} look.shown
 * @param {(placed: Placed) => string} look.label for screen readers
 * @param {number} look.focused the id of the node that Tab reaches
 * @param {ReadonlySet<number>} look.lit the ids of the path that is pointed at
 * @param {(id: number) => void} look.onPoint
 */
export function beam({ layout, left, wide }, { shown, label, focused, lit, onPoint }) {
  /** @type {Map<number, Placed>} */
  const byId = new Map(layout.placed.map((placed) => [placed.node.id, placed]));
  /** @param {Placed} placed */
  const middle = (placed) => placed.row * ROW + MARGIN + PILL / 2;
  const links = layout.placed.flatMap((placed) => {
    const parent = byId.get(placed.node.parent);
    if (!parent) {
      return [];
    }
    const from = left[parent.column] + pillWidth(parent, shown, wide);
    const to = left[placed.column];
    const bend = (to - from) / 2;
    const probability = Math.exp(placed.node.logProbability - parent.node.logProbability);
    return [
      {
        kind: linkKind(placed, lit),
        d: `M${from},${middle(parent)}C${from + bend},${middle(parent)} ${to - bend},${middle(placed)} ${to},${middle(placed)}`,
        width: (placed.node.status === "pruned" ? 1 : 1 + 3 * probability).toFixed(2),
        order: lit.has(placed.node.id) ? 2 : placed.chosen ? 1 : 0,
      },
    ];
  });
  links.sort((a, b) => a.order - b.order);
  return svg`
    <g fill="none" aria-hidden="true">
      ${links.map((link) => svg`<path class=${link.kind} d=${link.d} stroke-width=${link.width}></path>`)}
    </g>
    ${layout.placed.map((placed) => {
      const { node } = placed;
      const y = placed.row * ROW + MARGIN;
      const width = pillWidth(placed, shown, wide);
      return svg`
        <g class=${nodeKind(placed, lit)} role="treeitem" data-id=${node.id}
          transform="translate(${left[placed.column]},${y})"
          tabindex=${node.id === focused ? 0 : -1} aria-label=${label(placed)} aria-level=${placed.column + 1}
          aria-selected=${String(lit.has(node.id))}
          @pointerenter=${() => onPoint(node.id)} @focus=${() => onPoint(node.id)}>
          <rect width=${width} height=${PILL} rx=${PILL / 2}></rect>
          <text class="beam-token" x="11" y="17.5">${shown(node)}</text>
          ${node.parent === -1 ? nothing : svg`<text class="beam-score" x=${width - 10} y="17" text-anchor="end">${minus(node.score)}</text>`}
        </g>`;
    })}`;
}

/** @param {Placed} placed @param {(node: BeamNode) => string} shown @param {number[]} wide */
function pillWidth(placed, shown, wide) {
  return Math.min(wide[placed.column], textWidth(shown(placed.node)) + (placed.node.parent === -1 ? 22 : 66));
}

/** @param {Placed} placed @param {ReadonlySet<number>} lit */
function nodeKind({ node, chosen }, lit) {
  return `beam-node ${node.status}${chosen ? " chosen" : ""}${lit.has(node.id) ? " lit" : ""}`;
}

/** @param {Placed} placed @param {ReadonlySet<number>} lit */
function linkKind({ node, chosen }, lit) {
  return `beam-link ${node.status}${chosen ? " chosen" : ""}${lit.has(node.id) ? " lit" : ""}`;
}

/** @param {string} text @returns {number} about its width in pixels at 14 px */
function textWidth(text) {
  let width = 0;
  for (const character of text) {
    width += /[\u2e80-\uffef]/u.test(character) ? 14.5 : 8.2;
  }
  return width;
}

/**
 * The node that an arrow key leads to: left to the parent, right to the best child, up and down in the column.
 *
 * @param {Layout} layout
 * @param {number} id
 * @param {string} key
 * @returns {number | undefined}
 */
export function neighbor(layout, id, key) {
  const here = layout.placed.find((placed) => placed.node.id === id);
  if (!here) {
    return undefined;
  }
  switch (key) {
    case "ArrowLeft":
      return here.node.parent === -1 ? undefined : here.node.parent;
    case "ArrowRight":
      return first(layout.placed.filter((placed) => placed.node.parent === id));
    case "ArrowUp":
      return first(
        layout.placed.filter((placed) => placed.column === here.column && placed.row < here.row),
        -1,
      );
    case "ArrowDown":
      return first(layout.placed.filter((placed) => placed.column === here.column && placed.row > here.row));
    case "Home":
      return layout.placed[0].node.id;
    case "End":
      return layout.placed.filter((placed) => placed.chosen).at(-1)?.node.id;
    default:
      return undefined;
  }
}

/** @param {Placed[]} placed @param {number} sign @returns {number | undefined} the first from above, or from below */
function first(placed, sign = 1) {
  return [...placed].sort((a, b) => sign * (a.row - b.row))[0]?.node.id;
}
