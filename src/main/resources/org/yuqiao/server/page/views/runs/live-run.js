// @ts-check
import { isAbort } from "../../api.js";
import { appended } from "./series.js";

/** @typedef {import("../../app.js").Context} Context */
/** @typedef {import("./run-list.js").RunDetail} RunDetail */
/** @typedef {import("./series.js").Sample} Sample */

const RETRY = 3000;

/** A run with its curves, followed by server-sent events while it trains. */
export class LiveRun {
  /**
   * @param {Context} context
   * @param {string} id
   * @param {(metrics?: {step: number, loss?: number}) => void} onChange
   */
  constructor(context, id, onChange) {
    this.context = context;
    this.id = id;
    this.onChange = onChange;
    /** @type {RunDetail | undefined} */
    this.run = undefined;
    /** @type {unknown} */
    this.problem = undefined;
    /** Whether the stream of a running training is interrupted. */
    this.lost = false;
    this.stop = new AbortController();
    void this.load();
  }

  dispose() {
    this.stop.abort();
  }

  async load() {
    const path = `/runs/${encodeURIComponent(this.id)}`;
    const { signal } = this.stop;
    try {
      this.run = /** @type {RunDetail} */ (await this.context.api.get(path, { signal }));
      this.problem = undefined;
    } catch (caught) {
      if (!isAbort(caught)) {
        this.problem = caught;
        this.onChange();
      }
      return;
    }
    this.onChange();
    while (this.run.state === "running" && !signal.aborted) {
      try {
        await this.follow(path, signal);
      } catch (caught) {
        if (isAbort(caught) || signal.aborted) {
          return;
        }
        this.lost = true;
        this.onChange();
      }
      if (this.run.state === "running") {
        await new Promise((resolve) => setTimeout(resolve, RETRY));
      }
    }
  }

  /** @param {string} path @param {AbortSignal} signal */
  async follow(path, signal) {
    const after = Math.max(0, ...Object.values(this.run?.curves ?? {}).map((curve) => curve.at(-1)?.[0] ?? 0));
    for await (const { event, data } of this.context.api.events(`${path}/events?after=${after}`, { signal })) {
      const { run } = this;
      if (!run) {
        return;
      }
      this.lost = false;
      if (event === "state") {
        this.run = { ...run, state: data.state, step: data.step ?? run.step, minutes: data.minutes ?? run.minutes };
        this.onChange();
      } else if (event === "metrics") {
        const samples = /** @type {Record<string, Sample>} */ (data.points);
        this.run = { ...run, step: data.step, minutes: data.minutes, curves: appended(run.curves, samples) };
        this.onChange({ step: data.step, loss: samples["loss"]?.[2] });
      } else if (event === "samples") {
        const before = (run.samples ?? []).filter((sample) => sample.step < data.step);
        this.run = { ...run, samples: [...before, data] };
        this.onChange();
      }
    }
  }
}
