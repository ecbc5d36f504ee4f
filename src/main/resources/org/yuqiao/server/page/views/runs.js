// @ts-check
import { html, render } from "lit-html";
import { loading } from "../parts/states.js";

export default {
  id: "runs",
  /** @param {HTMLElement} host @param {import("../app.js").Context} context */
  mount(host, { t }) {
    render(html`<h1>${t("nav.runs")}</h1>${loading(t)}`, host);
  },
};
