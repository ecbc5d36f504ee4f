// @ts-check
import { html, nothing, svg } from "lit-html";
import { segmented } from "../../parts/controls.js";
import { latestRequest } from "../../parts/latest-request.js";
import { bare } from "../../parts/text.js";
import { loading, problemState } from "../../parts/states.js";

/** @typedef {import("../../app.js").Context} Context */
/** @typedef {{from: string, to: string, projection: {from: number, to: number}}} Pair */

const ROW = 24;
const WIDTH = 460;

/**
 * The direction panel: the projections of singular and plural, say, onto their mean difference.
 *
 * @param {Context} context
 * @param {() => {id: string} | undefined} set the chosen vectors
 * @param {(pairs: Pair[]) => void} onPairs the pairs to show in the map
 * @param {() => void} redraw
 */
export function directionPanel(context, set, onPairs, redraw) {
  const { t } = context;
  const requests = latestRequest();
  let name = context.params.get("pairs") ?? "plural";
  /** @type {string[]} */
  let available = [];
  /** @type {Pair[] | undefined} */
  let pairs;
  /** @type {unknown} */
  let problem;

  async function load() {
    const id = set()?.id;
    pairs = undefined;
    problem = undefined;
    if (id === undefined) {
      return;
    }
    const signal = requests.next();
    try {
      const query = new URLSearchParams({ pairs: name });
      const answer = /** @type {{pairs: Pair[], available: string[]}} */ (
        await context.api.get(`/vectors/${encodeURIComponent(id)}/direction?${query}`, { signal })
      );
      pairs = answer.pairs;
      available = answer.available;
      onPairs(pairs);
    } catch (caught) {
      if (signal.aborted) {
        return;
      }
      if (/** @type {{status?: number}} */ (caught).status === 422) {
        pairs = [];
      } else {
        problem = caught;
      }
    }
    redraw();
  }

  /** @param {Pair[]} all */
  function dots(all) {
    const sorted = [...all].sort(
      (a, b) => b.projection.to - b.projection.from - (a.projection.to - a.projection.from),
    );
    const names = sorted.map(({ from, to }) => `${bare(from)} · ${bare(to)}`);
    const left = Math.min(WIDTH / 2, 20 + 7.8 * Math.max(...names.map((name) => name.length)));
    const values = sorted.flatMap(({ projection }) => [projection.from, projection.to]);
    const low = Math.min(...values);
    const range = Math.max(...values) - low || 1;
    /** @param {number} value */
    const x = (value) => left + 12 + ((value - low) / range) * (WIDTH - left - 24);
    const height = sorted.length * ROW + 8;
    return html`
      <ul class="direction-legend" aria-hidden="true">
        <li class="singular">${t(`direction.${name}.from`)}</li>
        <li class="plural">${t(`direction.${name}.to`)}</li>
      </ul>
      <div class="direction-scroll" tabindex="0" role="region" aria-label=${t("direction.projection")}>
        ${svg`<svg class="direction-dots" viewBox="0 0 ${WIDTH} ${height}" aria-hidden="true">
        ${sorted.map(({ projection }, row) => {
          const y = row * ROW + ROW / 2 + 4;
          const [a, b] = [x(projection.from), x(projection.to)];
          return svg`
            <line class="guide" x1=${left} x2=${WIDTH} y1=${y} y2=${y}></line>
            <text x=${left - 8} y=${y + 4.5} text-anchor="end">${names[row]}</text>
            <line class=${b > a ? "shift" : "shift back"} x1=${a} x2=${b} y1=${y} y2=${y}></line>
            <circle class="singular" cx=${a} cy=${y} r="4.5"></circle>
            <circle class="plural" cx=${b} cy=${y} r="4.5"></circle>`;
        })}
      </svg>`}
      </div>
      <p class="axis-title" aria-hidden="true">${t("direction.projection")} →</p>
      <div class="visually-hidden"><table>
        <caption>${t("direction.projection")}</caption>
        <tbody>
          ${sorted.map(
            ({ from, to, projection }) => html`<tr>
              <th scope="row">${from}</th><td>${projection.from.toFixed(2).replace("-", "−")}</td>
              <th scope="row">${to}</th><td>${projection.to.toFixed(2).replace("-", "−")}</td>
            </tr>`,
          )}
        </tbody>
      </table></div>`;
  }

  return {
    refresh() {
      void load();
    },
    template() {
      const ahead = pairs?.filter(({ projection }) => projection.to > projection.from).length ?? 0;
      return html`
        <p class="hint">${t("direction.lede")}</p>
        ${available.length > 1
          ? segmented({
              label: t("direction.choice"),
              value: name,
              small: true,
              options: available.map((value) => ({ value, label: t(`direction.${value}`) })),
              onChange: (value) => {
                name = value;
                context.setParams({ pairs: value === "plural" ? null : value }, { replace: true });
                void load();
              },
            })
          : nothing}
        ${problem
          ? problemState(t, problem, load)
          : !pairs
            ? loading(t)
            : pairs.length === 0
              ? html`<p class="muted">${t("direction.none")}</p>`
              : html`<p>${t("direction.count", ahead, pairs.length, t(`direction.${name}.to`))}</p>
                  ${dots(pairs)}`}`;
    },
    dispose() {
      requests.stop();
    },
  };
}
