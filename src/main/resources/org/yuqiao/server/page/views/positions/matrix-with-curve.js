// @ts-check
import { HeatMap, shortNumber } from "../../parts/heat-map.js";
import { LineChart } from "../../parts/line-chart.js";

/** @typedef {import("../../i18n.js").Translate} Translate */

/**
 * @typedef {object} Plotted
 * @property {number[][]} values
 * @property {number} firstRow what the first row is counted as
 * @property {string} label
 * @property {string} rowsTitle
 * @property {string} columnsTitle
 * @property {"row" | "column"} curve what is drawn as a curve below the heat map
 * @property {(index: string) => string} curveTitle
 */

/** Height of a square heat map, in CSS pixels. */
const SIDE = 360;

/** A heat map; the row or column that is pointed at is drawn as a curve below it. */
export class MatrixWithCurve {
  /** @param {HTMLElement} host an empty element @param {Translate} t */
  constructor(host, t) {
    this.host = host;
    const map = document.createElement("div");
    this.title = document.createElement("h3");
    const curve = document.createElement("div");
    host.replaceChildren(map, this.title, curve);
    /** Positions and dimensions are counted from 0, as in the formulas; distances from below. @type {Translate} */
    const counted = (key, ...args) => {
      const index = Number(args[0]) - 1;
      const { firstRow = 0, curve } = this.data ?? {};
      return key === "heat.row"
        ? signed(index + firstRow)
        : key === "heat.column"
          ? signed(index + (curve === "row" ? firstRow : 0))
          : t(key, ...args);
    };
    this.map = new HeatMap(map, counted, {
      onPoint: (cell) => cell && this.show(cell),
      onPin: (cell) => cell && this.show(cell),
    });
    this.chart = new LineChart(curve, t);
    /** @type {Plotted | undefined} */
    this.data = undefined;
    this.index = -1;
  }

  dispose() {
    this.map.dispose();
    this.chart.dispose();
  }

  /** @param {Plotted} data */
  set(data) {
    const before = this.data;
    this.data = data;
    if (before?.values === data.values) {
      return;
    }
    const hasNegative = data.values.some((row) => row.some((value) => value < 0));
    this.map.set({
      label: data.label,
      values: data.values,
      rowsTitle: data.rowsTitle,
      columnsTitle: data.columnsTitle,
      scale: hasNegative ? "diverging" : "sequential",
      maxCell: data.curve === "row" ? Math.max(2, SIDE / data.values.length) : 40,
    });
    const length = data.curve === "row" ? data.values.length : (data.values[0]?.length ?? 0);
    this.draw(this.index >= 0 && this.index < length ? this.index : Math.floor(length / (data.curve === "row" ? 2 : 8)));
  }

  /** @param {{row: number, column: number}} cell */
  show(cell) {
    const index = this.data?.curve === "row" ? cell.row : cell.column;
    if (index !== this.index) {
      this.draw(index);
    }
  }

  /** @param {number} index of the row or column */
  draw(index) {
    const { data } = this;
    if (!data) {
      return;
    }
    this.index = index;
    const title = data.curveTitle(signed(index + (data.curve === "row" ? data.firstRow : 0)));
    this.title.textContent = title;
    const values = data.curve === "row" ? (data.values[index] ?? []) : data.values.map((row) => row[index] ?? Number.NaN);
    this.chart.set({
      label: title,
      height: 180,
      xLabel: data.curve === "row" ? data.columnsTitle : data.rowsTitle,
      yFormat: shortNumber,
      series: [{ id: "curve", name: title, points: values.map((value, x) => [x + data.firstRow, value]) }],
    });
  }
}

/** An index with a true minus sign. @param {number} index */
function signed(index) {
  return String(index).replace("-", "−");
}
