// @ts-check
/**
 * Places the hypotheses of a beam search on a grid: one column per step.
 */

/**
 * @typedef {object} BeamNode a prefix that ends with this token, as `/explain` reports it
 * @property {number} id
 * @property {number} parent -1 for the root
 * @property {string} token
 * @property {number} logProbability
 * @property {number} score
 * @property {string} status `kept`, `pruned` or `finished`
 */

/**
 * @typedef {object} Placed
 * @property {BeamNode} node
 * @property {number} column the number of tokens before it
 * @property {number} row
 * @property {boolean} chosen whether the chosen hypothesis runs through it
 */

/**
 * @typedef {object} Layout
 * @property {Placed[]} placed parents before their children
 * @property {number} columns
 * @property {number} rows
 */

/** @param {BeamNode[]} nodes @param {number} id @returns {BeamNode[]} from the root to `id` */
export function pathTo(nodes, id) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  /** @type {BeamNode[]} */
  const path = [];
  for (let node = byId.get(id); node; node = byId.get(node.parent)) {
    path.unshift(node);
  }
  return path;
}

/**
 * Places each step's hypotheses below each other: the ones kept by score, then the pruned ones.
 *
 * @param {BeamNode[]} nodes
 * @param {number} chosen
 * @returns {Layout}
 */
export function layoutByRank(nodes, chosen) {
  const onPath = new Set(pathTo(nodes, chosen).map((node) => node.id));
  const columns = byColumn(nodes);
  /** @type {Placed[]} */
  const placed = [];
  columns.forEach((column, index) => {
    [...column].sort(byOutcome).forEach((node, row) => {
      placed.push({ node, column: index, row, chosen: onPath.has(node.id) });
    });
  });
  return { placed, columns: columns.length, rows: Math.max(1, ...columns.map((column) => column.length)) };
}

/**
 * Places the hypotheses as a tree without crossing branches; the chosen one is the top row.
 *
 * @param {BeamNode[]} nodes
 * @param {number} chosen
 * @returns {Layout}
 */
export function layoutAsTree(nodes, chosen) {
  const onPath = new Set(pathTo(nodes, chosen).map((node) => node.id));
  /** @type {Map<number, BeamNode[]>} */
  const children = new Map();
  for (const node of nodes) {
    children.set(node.parent, [...(children.get(node.parent) ?? []), node]);
  }
  /** @type {Placed[]} */
  const placed = [];
  /** The first free row of each column; a branch takes one row that is free all the way. */
  const free = byColumn(nodes).map(() => 0);
  const depth = depthBelow(nodes);

  /** @param {BeamNode} node @param {number} column @param {number} row */
  function place(node, column, row) {
    placed.push({ node, column, row, chosen: onPath.has(node.id) });
    free[column] = row + 1;
    const below = [...(children.get(node.id) ?? [])].sort(
      (a, b) => Number(onPath.has(b.id)) - Number(onPath.has(a.id)) || byOutcome(a, b),
    );
    for (const child of below) {
      const last = column + 1 + (depth.get(child.id) ?? 0);
      let start = row;
      for (let c = column + 1; c <= last; c++) {
        start = Math.max(start, free[c]);
      }
      place(child, column + 1, start);
    }
  }

  for (const root of children.get(-1) ?? []) {
    place(root, 0, Math.max(0, ...free));
  }
  return { placed, columns: free.length, rows: Math.max(1, ...free) };
}

/**
 * Removes pruned hypotheses, and kept ones that lead to no finished one.
 *
 * @param {BeamNode[]} nodes
 * @returns {BeamNode[]}
 */
export function withoutPruned(nodes) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  /** @type {Set<number>} */
  const live = new Set();
  for (const node of nodes) {
    if (node.status === "finished" || node.parent === -1) {
      for (let n = /** @type {BeamNode | undefined} */ (node); n && !live.has(n.id); n = byId.get(n.parent)) {
        live.add(n.id);
      }
    }
  }
  return nodes.filter((node) => live.has(node.id));
}

/** @param {BeamNode[]} nodes @returns {BeamNode[][]} */
function byColumn(nodes) {
  /** @type {Map<number, number>} */
  const column = new Map();
  /** @type {BeamNode[][]} */
  const columns = [];
  for (const node of nodes) {
    const index = node.parent === -1 ? 0 : (column.get(node.parent) ?? 0) + 1;
    column.set(node.id, index);
    (columns[index] ??= []).push(node);
  }
  return columns;
}

/** @param {BeamNode[]} nodes @returns {Map<number, number>} the longest way down from each node */
function depthBelow(nodes) {
  /** @type {Map<number, number>} */
  const depth = new Map();
  for (const node of [...nodes].reverse()) {
    const own = depth.get(node.id) ?? 0;
    depth.set(node.id, own);
    depth.set(node.parent, Math.max(depth.get(node.parent) ?? 0, own + 1));
  }
  return depth;
}

/** @param {BeamNode} a @param {BeamNode} b */
function byOutcome(a, b) {
  return Number(a.status === "pruned") - Number(b.status === "pruned") || b.score - a.score;
}
