// @ts-check
import { html, nothing } from "lit-html";
import { latestRequest } from "../../parts/latest-request.js";

/** @typedef {import("../../app.js").Context} Context */

/**
 * A text field that suggests the words of a vector set while one types (an ARIA combobox).
 *
 * @param {object} box
 * @param {Context} box.context
 * @param {string} box.id unique in the page
 * @param {() => string} box.set the id of the vector set
 * @param {(word: string) => void} box.onPick
 * @param {() => void} box.redraw
 */
export function wordBox({ context, id, set, onPick, redraw }) {
  const { t } = context;
  const requests = latestRequest();
  /** @type {string[]} */
  let suggestions = [];
  let open = false;
  let active = -1;
  let typed = "";

  /** @param {string} query */
  async function suggest(query) {
    typed = query;
    active = -1;
    if (!query.trim()) {
      requests.stop();
      open = false;
      redraw();
      return;
    }
    const signal = requests.next();
    try {
      const path = `/vectors/${encodeURIComponent(set())}/search?count=12&q=${encodeURIComponent(query.trim())}`;
      const answer = /** @type {{words: {word: string}[]}} */ (await context.api.get(path, { signal }));
      suggestions = answer.words.map(({ word }) => word);
      open = true;
      context.announce(
        suggestions.length ? t("search.results", suggestions.length) : t("search.none"),
      );
    } catch {
      open = false;
    }
    if (!signal.aborted) {
      redraw();
    }
  }

  /** @param {string} word */
  function pick(word) {
    typed = word;
    close();
    onPick(word);
  }

  function close() {
    requests.stop();
    open = false;
    active = -1;
    redraw();
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (open && suggestions.length) {
        active = (active + step + suggestions.length) % suggestions.length;
        redraw();
        document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
      } else {
        void suggest(typed);
      }
      event.preventDefault();
    } else if (event.key === "Enter") {
      const word = suggestions[active] ?? (suggestions.includes(typed.trim()) ? typed.trim() : suggestions[0]);
      if (open && word !== undefined) {
        event.preventDefault();
        pick(word);
      } else if (typed.trim()) {
        event.preventDefault();
        pick(typed.trim());
      }
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    }
  }

  return {
    /** @param {string} word */
    setWord(word) {
      typed = word;
    },
    /** @param {string} label */
    template(label) {
      const expanded = open && (suggestions.length > 0 || typed.trim() !== "");
      return html`<div class="word-box">
        <label for=${id}>${label}</label>
        <input id=${id} type="text" role="combobox" autocomplete="off" autocapitalize="off" spellcheck="false"
          aria-expanded=${String(expanded)} aria-controls="${id}-list" aria-autocomplete="list"
          aria-activedescendant=${active >= 0 ? `${id}-${active}` : nothing} .value=${typed}
          @input=${(/** @type {InputEvent} */ event) => suggest(/** @type {HTMLInputElement} */ (event.target).value)}
          @keydown=${key} @blur=${() => setTimeout(close, 120)} />
        <ul id="${id}-list" role="listbox" aria-label=${label} ?hidden=${!expanded}>
          ${suggestions.map(
            (word, index) => html`<li id="${id}-${index}" role="option" aria-selected=${String(index === active)}
              @pointerdown=${(/** @type {PointerEvent} */ event) => {
                event.preventDefault();
                pick(word);
              }}>${word}</li>`,
          )}
          ${suggestions.length === 0 ? html`<li role="option" aria-selected="false" aria-disabled="true" class="muted">${t("search.none")}</li>` : nothing}
        </ul>
      </div>`;
    },
    dispose() {
      requests.stop();
    },
  };
}
