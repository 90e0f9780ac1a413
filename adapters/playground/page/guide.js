// What to try: the welcome of a first visit, the list of steps, and the next one at hand.

import { act } from "./actions.js";
import { byId, fill, h, icon, iconButton } from "./dom.js";
import { become } from "./people.js";
import { send } from "./socket.js";
import { kept, on, state, t, tell } from "./state.js";
import { threadView } from "./timeline.js";

let loading = false;

const done = (key) => state.steps.find((step) => step.key === key)?.done;
const next = () => state.steps.find((step) => !step.done);
const wide = matchMedia("(min-width: 1180px)");

async function take(step) {
  closePanel();
  if (step.key === "sample") return loadSample();
  if (step.move) return send({ kind: "clock", move: step.move });
  const who = state.people.get(step.who);
  await become(who.id, step.room);
  return tell("prefill", { command: step.command, options: step.options });
}

async function loadSample() {
  if (loading) return;
  loading = true;
  drawGuide();
  const { who, room } = state.steps[0];
  await become(who, room);
  await act({ kind: "sample", as: who, room }).answered;
  loading = false;
  drawGuide();
}

function describe(step) {
  const who = state.people.get(step.who);
  return t(`step.${step.key}.about`, { name: who?.name ?? "", command: step.command ? `/${step.command}` : "" });
}

function button(step, primary) {
  const who = state.people.get(step.who);
  const label = step.key === "sample" && loading ? t("step.sample.loading") : t(`step.${step.key}.do`, { name: who?.name.split(" ")[0] ?? "" });
  return h("button", { type: "button", class: primary ? "primary" : "plain", "aria-busy": step.key === "sample" && loading ? "true" : null, onclick: () => take(step) }, label);
}

// --- the welcome ------------------------------------------------------------------------------------

function hero() {
  const place = byId("hero");
  if (state.room !== "welcome") return fill(place);
  const first = !done("sample");
  const sample = state.steps[0];
  return fill(
    place,
    h(
      "section",
      { class: "hero", "aria-label": t("hero.title") },
      h("img", { src: "/page/leaf.svg", alt: "", width: 56, height: 56 }),
      h("h2", {}, t("hero.title")),
      h("p", {}, t("hero.about")),
      first ? h("p", { class: "hero-do" }, sample ? button(sample, true) : null, h("span", { class: "quiet" }, t("hero.sample"))) : null,
      h("ul", { class: "hero-tips" }, ["switch", "slash", "clock"].map((key) => h("li", {}, t(`hero.tip.${key}`)))),
    ),
  );
}

// --- the list beside the conversation ---------------------------------------------------------------

function steps() {
  const current = next();
  return h(
    "section",
    { class: "guide", "aria-label": t("guide.title") },
    h("div", { class: "panel-head" }, h("h2", {}, t("guide.title")), iconButton("close", t("guide.close"), () => tell("guide", "close"), { class: "icon-button panel-close" })),
    h("p", { class: "quiet" }, t("guide.about")),
    h(
      "ol",
      { class: "steps" },
      state.steps.map((step, index) =>
        h(
          "li",
          { class: step.done ? "step done" : step === current ? "step current" : "step" },
          h("span", { class: "step-sign" }, step.done ? icon("check") : String(index + 1)),
          h("div", {}, h("h3", {}, t(`step.${step.key}`), step.done ? h("span", { class: "hidden" }, ` (${t("step.done")})`) : null), h("p", { class: "quiet" }, describe(step)), button(step, step === current)),
        ),
      ),
    ),
    current ? null : h("p", { class: "all-done" }, t("guide.done")),
    h("p", { class: "quiet guide-foot" }, t("guide.foot")),
  );
}

// The next step in one line above the composer, where the list is not in sight.
function strip() {
  const place = byId("next");
  const step = next();
  const hide = wide.matches || !step || kept.get("no-strip") || (step.key === "sample" && state.room === "welcome");
  place.hidden = Boolean(hide);
  if (hide) return fill(place);
  return fill(
    place,
    h("span", { class: "next-words" }, h("strong", {}, t("next")), " ", t(`step.${step.key}`)),
    button(step, true),
    iconButton("close", t("next.hide"), () => (kept.set("no-strip", true), strip())),
  );
}

export function drawGuide() {
  if (!state.steps.length) return;
  hero();
  strip();
  const panel = byId("panel");
  const draft = byId("reply")?.value ?? "";
  const writing = document.activeElement?.id === "reply";
  panel.setAttribute("aria-label", state.thread ? t("thread.title") : t("guide.title"));
  fill(panel, (state.thread && threadView()) || steps());
  const reply = byId("reply");
  if (reply && draft) reply.value = draft;
  if (reply && writing) reply.focus();
}

function closePanel() {
  byId("app").classList.remove("panel-open");
}

on("guide", (what) => {
  const app = byId("app");
  if (what === "close") {
    state.thread = "";
    closePanel();
    drawGuide();
    byId("guide-button")?.focus();
    return;
  }
  state.thread = "";
  drawGuide();
  if (app.classList.toggle("panel-open")) byId("panel").querySelector("button")?.focus();
});

on("thread", (id) => {
  const fresh = id !== state.thread;
  state.thread = id;
  byId("app").classList.toggle("panel-open", Boolean(id));
  drawGuide();
  if (fresh && id) byId("reply")?.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && byId("app").classList.contains("panel-open") && !document.querySelector("dialog[open]")) tell("guide", "close");
});

wide.addEventListener("change", drawGuide);
