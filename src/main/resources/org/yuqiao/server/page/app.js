// @ts-check
/** The page's frame: header, addresses of the views, and what a view is given. */
import { html, nothing, render } from "lit-html";
import { api } from "./api.js";
import { lang, onLang, setLang, translator } from "./i18n.js";
import { empty, loading, problemState } from "./parts/states.js";
import { setTheme, theme } from "./parts/theme.js";
import shellStrings from "./shell.strings.js";

/**
 * What a view is given.
 *
 * @typedef {object} Context
 * @property {URLSearchParams} params of the address, as it is now
 * @property {(changes: Record<string, string | number | null | undefined>, options?: {replace?: boolean}) => void} setParams
 *     changes parameters of the address; null and "" remove one
 * @property {(path: string, params?: Record<string, string | number | null | undefined>) => void} go to another view
 * @property {(path: string, params?: Record<string, string | number | null | undefined>) => string} href of a view;
 *     links to it change the view without loading the page
 * @property {import("./i18n.js").Translate} t text by key, of the view or of the shell
 * @property {() => import("./i18n.js").Language} lang
 * @property {(listener: () => void) => () => void} onLang after a change of the language
 * @property {typeof api} api
 * @property {import("./api.js").Model[]} models
 * @property {(text: string) => void} announce to screen readers
 */

/**
 * @typedef {object} View
 * @property {string} id
 * @property {(host: HTMLElement, context: Context) => void | (() => void)} mount answers what ends the view
 */

const VIEWS = ["translate", "attention", "steps", "decode", "positions", "embeddings", "compare", "runs", "ideas"];
const CARRIED = ["text", "model", "sentence"];

const t = translator(shellStrings);
const page = /** @type {HTMLElement} */ (document.getElementById("page"));
const announcements = /** @type {HTMLElement} */ (document.getElementById("announcements"));

/** @type {import("./api.js").Model[] | undefined} */
let models;
/** @type {(() => void) | undefined} */
let dispose;
let viewId = "";
let visit = 0;

function pathId() {
  const path = location.pathname.replace(/\/+$/, "");
  return path === "" ? "translate" : path.slice(1);
}

function params() {
  return new URLSearchParams(location.search);
}

/** @param {URLSearchParams} query @param {Record<string, string | number | null | undefined>} changes */
function changed(query, changes) {
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === "") {
      query.delete(key);
    } else {
      query.set(key, String(value));
    }
  }
  return query;
}

/** @param {string} path @param {URLSearchParams} query */
function address(path, query) {
  const text = query.toString();
  return (path.startsWith("/") ? path : `/${path}`) + (text && `?${text}`);
}

/** @param {string} path @param {Record<string, string | number | null | undefined>} [changes] */
function href(path, changes = {}) {
  return address(path, changed(new URLSearchParams(), changes));
}

/** @param {string} view */
function navigationHref(view) {
  const carried = new URLSearchParams();
  for (const key of CARRIED) {
    const value = params().get(key);
    if (value) {
      carried.set(key, value);
    }
  }
  return address(view, carried);
}

/** @param {string} target */
function visitAddress(target) {
  if (target !== location.pathname + location.search) {
    history.pushState(null, "", target);
  }
  scrollTo(0, 0);
  void show({ moveFocus: true });
}

/** @type {Context["setParams"]} */
function setParams(changes, { replace = false } = {}) {
  const target = address(location.pathname, changed(params(), changes));
  if (target !== location.pathname + location.search) {
    history[replace ? "replaceState" : "pushState"](null, "", target);
    drawHeader();
  }
}

/** @param {string} text */
function announce(text) {
  announcements.textContent = "";
  setTimeout(() => (announcements.textContent = text), 50);
}

/** @param {MouseEvent} event */
function followLink(event) {
  const link = /** @type {Element} */ (event.target).closest?.("a[href]");
  if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0) {
    return;
  }
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.target || link.download;
  const path = link.pathname.replace(/^\//, "");
  if (!elsewhere && link.origin === location.origin && (path === "" || VIEWS.includes(path))) {
    event.preventDefault();
    visitAddress(link.pathname + link.search);
  }
}

function frame() {
  return html`
    <a class="skip-link" href="#content" @click=${skip}>${t("shell.skip")}</a>
    <header class="site-header"><div class="site-bar"></div></header>
    <main id="content" tabindex="-1"><div class="view"></div></main>
  `;
}

/** @param {Event} event */
function skip(event) {
  event.preventDefault();
  content().focus();
}

function content() {
  return /** @type {HTMLElement} */ (document.getElementById("content"));
}

function drawHeader() {
  const bar = /** @type {HTMLElement} */ (page.querySelector(".site-bar"));
  /** @param {Event} event */
  const chooseTheme = (event) => {
    setTheme(/** @type {import("./parts/theme.js").Theme} */ (/** @type {HTMLSelectElement} */ (event.target).value));
    drawHeader();
  };
  /** @param {"zh" | "en"} language @param {string} label @param {string} code */
  const languageButton = (language, label, code) => html`<button type="button" lang=${code}
    aria-pressed=${lang() === language} @click=${() => setLang(language)}>${label}</button>`;
  render(
    html`
      <a class="brand" href=${navigationHref("translate")} aria-label=${t("shell.home")}>
        <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
          <path class="brand-bridge" d="M3 23C8 12.5 12 9 16 9s8 3.5 13 14"></path>
          <path class="brand-arch" d="M10.5 23a5.5 5.5 0 0 1 11 0"></path>
        </svg>
        <span class="brand-name" aria-hidden="true"><span lang="zh-Hans">语桥</span> Yuqiao</span>
      </a>
      <nav class="site-nav" aria-label=${t("nav.label")}>
        <ul>
          ${VIEWS.map((view) => html`<li>
            <a href=${navigationHref(view)} aria-current=${view === viewId ? "page" : nothing}>${t(`nav.${view}`)}</a>
          </li>`)}
        </ul>
      </nav>
      <div class="site-switches">
        <div class="segmented small" role="group" aria-label=${t("shell.language")}>
          ${languageButton("zh", "中文", "zh-Hans")}${languageButton("en", "EN", "en")}
        </div>
        <label class="theme-switch">
          <span class="visually-hidden">${t("shell.theme")}</span>
          <select class="small" @change=${chooseTheme}>
            ${["auto", "light", "dark"].map((value) => html`<option value=${value} ?selected=${theme() === value}>
              ${value === "auto" ? "◐" : value === "light" ? "☀" : "☾"} ${t(`shell.theme.${value}`)}</option>`)}
          </select>
        </label>
      </div>
    `,
    bar,
  );
  document.title = VIEWS.includes(viewId) ? `${t(`nav.${viewId}`)} · Yuqiao 语桥` : "Yuqiao 语桥";
}

/** Brings the current view's link into sight where the navigation scrolls. */
function scrollNavigation() {
  const list = page.querySelector(".site-nav ul");
  const current = /** @type {HTMLElement | null} */ (page.querySelector('.site-nav [aria-current="page"]'));
  if (list && current) {
    list.scrollLeft = current.offsetLeft - (list.clientWidth - current.offsetWidth) / 2;
  }
}

/** A fresh element for a view, so that nothing of the one before is left. */
function freshHost() {
  const host = document.createElement("div");
  host.className = `view view-${viewId}`;
  content().replaceChildren(host);
  return host;
}

/** @param {{moveFocus?: boolean}} [options] */
async function show({ moveFocus = false } = {}) {
  const mine = ++visit;
  dispose?.();
  dispose = undefined;
  viewId = pathId();
  drawHeader();
  scrollNavigation();
  if (moveFocus) {
    content().focus({ preventScroll: true });
    announce(document.title);
  }
  const host = freshHost();
  if (!VIEWS.includes(viewId)) {
    render(empty({ title: t("shell.notFound"), text: t("shell.notFound.text", location.pathname), main: true }), host);
    return;
  }
  const slow = setTimeout(() => mine === visit && render(loading(t), host), 150);
  try {
    const [view, strings, served] = await Promise.all([
      import(`./views/${viewId}.js`),
      import(`./views/${viewId}.strings.js`),
      models ?? api.get("/models"),
    ]);
    models = Array.isArray(served) ? served : served.models;
    clearTimeout(slow);
    if (mine === visit) {
      const fresh = freshHost();
      dispose = /** @type {View} */ (view.default).mount(fresh, contextFor(strings.default)) ?? undefined;
    }
  } catch (error) {
    clearTimeout(slow);
    if (mine === visit) {
      render(problemState(t, error, () => show(), { title: t("shell.broken") }), freshHost());
    }
  }
}

/** @param {import("./i18n.js").Strings} strings @returns {Context} */
function contextFor(strings) {
  return {
    get params() {
      return params();
    },
    setParams,
    go: (path, query) => visitAddress(href(path, query)),
    href,
    t: translator(strings, shellStrings),
    lang,
    onLang,
    api,
    models: models ?? [],
    announce,
  };
}

render(frame(), page);
document.addEventListener("click", followLink);
addEventListener("popstate", () => void show());
onLang(() => {
  drawHeader();
  scrollNavigation();
  if (!VIEWS.includes(viewId)) {
    void show();
  }
});
void show();
