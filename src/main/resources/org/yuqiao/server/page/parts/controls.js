// @ts-check
/** Controls that all views use. */
import { html, nothing } from "lit-html";

/** @typedef {{value: string, label: unknown, disabled?: boolean, title?: string}} Option */

/**
 * One of a few, as buttons side by side.
 *
 * @param {{label: string, options: Option[], value: string, onChange: (value: string) => void, small?: boolean, showLabel?: boolean}} control
 */
export function segmented({ label, options, value, onChange, small = false, showLabel = false }) {
  return html`<div class="field">
    ${showLabel ? html`<span class="field-label" aria-hidden="true">${label}</span>` : nothing}
    <div class="segmented ${small ? "small" : ""}" role="group" aria-label=${label}>
      ${options.map((option) => html`<button type="button" aria-pressed=${option.value === value}
        ?disabled=${option.disabled} title=${option.title ?? nothing} data-value=${option.value}
        @click=${() => onChange(option.value)}>${option.label}</button>`)}
    </div>
  </div>`;
}

/**
 * Tabs; arrow keys, Home and End move between them. The panel has `id="{panel}"`.
 *
 * @param {{label: string, tabs: Option[], value: string, onChange: (value: string) => void, panel: string}} control
 */
export function tabs({ label, tabs, value, onChange, panel }) {
  /** @param {KeyboardEvent} event */
  const move = (event) => {
    const here = tabs.findIndex((tab) => tab.value === value);
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const next = tabs[(to + tabs.length) % tabs.length];
      const list = /** @type {HTMLElement} */ (event.currentTarget);
      if (next) {
        onChange(next.value);
        /** @type {HTMLElement | null} */ (list.querySelector(`[data-value="${next.value}"]`))?.focus();
      }
    }
  };
  return html`<div class="tabs" role="tablist" aria-label=${label} @keydown=${move}>
    ${tabs.map((tab) => html`<button type="button" role="tab" data-value=${tab.value} aria-selected=${tab.value === value}
      aria-controls=${panel} tabindex=${tab.value === value ? 0 : -1} @click=${() => onChange(tab.value)}>${tab.label}</button>`)}
  </div>`;
}

/**
 * @param {{label: string, min: number, max: number, step?: number | "any", value: number, onInput: (value: number) => void,
 *   format?: (value: number) => string, disabled?: boolean, hint?: unknown}} control
 */
export function slider({ label, min, max, step = 1, value, onInput, format = String, disabled = false, hint }) {
  return html`<label class="field slider">
    <span class="field-label">${label} <output>${format(value)}</output></span>
    <input type="range" min=${min} max=${max} step=${step} .value=${String(value)} ?disabled=${disabled}
      aria-valuetext=${format(value)}
      @input=${(/** @type {Event} */ event) => onInput(Number(/** @type {HTMLInputElement} */ (event.target).value))}>
    ${hint ? html`<span class="hint">${hint}</span>` : nothing}
  </label>`;
}

/**
 * @param {{label: string, options: Option[], value: string, onChange: (value: string) => void, disabled?: boolean}} control
 */
export function select({ label, options, value, onChange, disabled = false }) {
  return html`<label class="field">
    <span class="field-label">${label}</span>
    <select ?disabled=${disabled}
      @change=${(/** @type {Event} */ event) => onChange(/** @type {HTMLSelectElement} */ (event.target).value)}>
      ${options.map((option) => html`<option value=${option.value} ?selected=${option.value === value}
        .selected=${option.value === value} ?disabled=${option.disabled}>${option.label}</option>`)}
    </select>
  </label>`;
}

/**
 * @param {{label: string, checked: boolean, onChange: (checked: boolean) => void, disabled?: boolean}} control
 */
export function checkbox({ label, checked, onChange, disabled = false }) {
  return html`<label class="checkbox">
    <input type="checkbox" .checked=${checked} ?disabled=${disabled}
      @change=${(/** @type {Event} */ event) => onChange(/** @type {HTMLInputElement} */ (event.target).checked)}>
    <span>${label}</span>
  </label>`;
}

/**
 * The title of a view and one sentence on what it shows.
 *
 * @param {{title: string, lead?: string, aside?: unknown}} content
 */
export function viewHead({ title, lead, aside }) {
  return html`<header class="view-head">
    <div>
      <h1>${title}</h1>
      ${lead ? html`<p class="lead">${lead}</p>` : nothing}
    </div>
    ${aside ?? nothing}
  </header>`;
}
