// @ts-check
import { html, render } from "lit-html";
import { loading } from "../parts/states.js";

export default {
  id: "ideas",
  /** @param {HTMLElement} host @param {import("../app.js").Context} context */
  mount(host, { t }) {
    render(html`<h1>${t("nav.ideas")}</h1>${loading(t)}`, host);
  },
};
