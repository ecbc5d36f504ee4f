// @ts-check
import { html, nothing, render } from "lit-html";
import { viewHead } from "../parts/controls.js";
import { formulaLine } from "../parts/formula.js";
import { empty, loading, problemState } from "../parts/states.js";

/** @typedef {import("../app.js").Context} Context */
/** @typedef {{en: string, zh: string}} InTwoLanguages */

/**
 * @typedef {object} Idea
 * @property {string} id
 * @property {string} group
 * @property {InTwoLanguages} title
 * @property {InTwoLanguages} text two sentences
 * @property {string} [view] where it is seen; none: only in the library
 * @property {Record<string, string>} [params] of the view's address
 * @property {string[]} code classes below `org.yuqiao`
 * @property {string} [setting]
 * @property {string} [command]
 */

/** @typedef {{groups: ({id: string} & InTwoLanguages)[], ideas: Idea[]}} Ideas */

const DATA = "/views/ideas.json";

/** @returns {Promise<Ideas>} */
async function read() {
  const response = await fetch(DATA);
  if (!response.ok) {
    throw new Error(`${DATA}: ${response.status}`);
  }
  return response.json();
}

/** Whether the idea has all words of the query, in either language. @param {Idea} idea @param {string} query */
function matches({ title, text, code, setting = "", command = "" }, query) {
  const words = [title.en, title.zh, text.en, text.zh, ...code, setting, command].join(" ").toLowerCase();
  return query.toLowerCase().split(/\s+/).every((word) => words.includes(word));
}

class IdeasView {
  /** @param {HTMLElement} host @param {Context} context */
  constructor(host, context) {
    this.host = host;
    this.context = context;
    this.query = context.params.get("q") ?? "";
    /** @type {Ideas | undefined} */
    this.data = undefined;
    /** @type {unknown} */
    this.problem = undefined;
    this.endLang = context.onLang(() => this.draw());
    this.draw();
    void this.load();
  }

  async load() {
    this.problem = undefined;
    try {
      this.data = await read();
    } catch (error) {
      this.problem = error;
    }
    this.draw();
    this.goToIdea();
  }

  /** Scrolls to the idea or group that the address names after `#`. */
  goToIdea() {
    const id = decodeURIComponent(location.hash.slice(1));
    if (id) {
      document.getElementById(id)?.scrollIntoView();
    }
  }

  /** @param {string} query */
  search(query) {
    this.query = query;
    this.context.setParams({ q: query.trim() }, { replace: true });
    this.draw();
  }

  draw() {
    render(this.template(), this.host);
  }

  template() {
    const { t, lang } = this.context;
    const { data, query } = this;
    const head = viewHead({ title: t("title"), lead: t("lead") });
    if (!data) {
      return html`${head} ${this.problem ? problemState(t, this.problem, () => this.load()) : loading(t, { lines: 6 })}`;
    }
    const found = data.ideas.filter((idea) => matches(idea, query.trim()));
    const groups = data.groups.filter(({ id }) => found.some(({ group }) => group === id));
    return html`${head}
      <div class="ideas-bar">
        <label class="field ideas-search">
          <span class="field-label">${t("search")}</span>
          <input type="search" placeholder=${t("search.placeholder")} .value=${query}
            @input=${(/** @type {Event} */ event) => this.search(/** @type {HTMLInputElement} */ (event.target).value)}>
        </label>
        <nav class="ideas-groups" aria-label=${t("groups")}>
          ${groups.map((group) => html`<a class="chip" href="#${group.id}" @click=${(/** @type {Event} */ event) => this.jump(event, group.id)}>${group[lang()]}</a>`)}
        </nav>
        <p class="hint" role="status">${t("found", found.length, data.ideas.length)}</p>
      </div>
      ${found.length === 0
        ? empty({
            title: t("none", query.trim()),
            text: t("none.text"),
            action: html`<button type="button" @click=${() => this.search("")}>${t("all")}</button>`,
          })
        : nothing}
      ${groups.map((group) => html`<section class="ideas-group" aria-labelledby=${group.id}>
        <h2 id=${group.id} tabindex="-1">${group[lang()]}</h2>
        <ol>${found.filter((idea) => idea.group === group.id).map((idea) => this.card(idea, data.ideas.indexOf(idea) + 1))}</ol>
      </section>`)}`;
  }

  /** @param {Event} event @param {string} id */
  jump(event, id) {
    event.preventDefault();
    history.replaceState(null, "", `${location.pathname}${location.search}#${id}`);
    const heading = document.getElementById(id);
    heading?.scrollIntoView();
    heading?.focus({ preventScroll: true });
  }

  /** @param {Idea} idea @param {number} place */
  card(idea, place) {
    const { t, lang, href } = this.context;
    const { view } = idea;
    return html`<li class="ideas-card" id="idea-${idea.id}">
      <h3><span class="ideas-number" aria-hidden="true">${place}</span><span>${formulaLine(idea.title[lang()])}</span></h3>
      <p>${formulaLine(idea.text[lang()])}</p>
      <p class="ideas-see">${view
        ? html`<a class="button-link" href=${href(view, idea.params ?? {})} aria-label="${t("see", t(`nav.${view}`))}: ${idea.title[lang()]}">${t("see", t(`nav.${view}`))} →</a>`
        : html`<span class="hint">${t("elsewhere")}</span>`}</p>
      <dl class="ideas-facts">
        <div><dt>${t("code")}</dt><dd>${idea.code.map((name, index) => html`${index ? ", " : nothing}<code>${breakable(name)}</code>`)}</dd></div>
        ${idea.setting ? html`<div><dt>${t("setting")}</dt><dd><code>${breakable(idea.setting)}</code></dd></div>` : nothing}
        ${idea.command ? html`<div><dt>${t("command")}</dt><dd><code>${idea.command.split(" ").map((word) => html`<span>${word}</span> `)}</code></dd></div>` : nothing}
      </dl>
    </li>`;
  }
}

/** A dotted name that may break after its dots. @param {string} name */
function breakable(name) {
  return name.split(".").map((part, index, parts) => html`${part}${index < parts.length - 1 ? html`.<wbr>` : nothing}`);
}

export default {
  id: "ideas",
  /** @param {HTMLElement} host @param {Context} context */
  mount(host, context) {
    const view = new IdeasView(host, context);
    return () => view.endLang();
  },
};
