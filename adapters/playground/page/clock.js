// The clock bar: what time it is in the playground, and how to move it.

import { byId, fill, h, icon } from "./dom.js";
import { send } from "./socket.js";
import { me, on, state, t } from "./state.js";
import { moment } from "./text.js";

const MOVES = [
  ["hour", null],
  ["day", null],
  ["week", null],
  ["due", "skip"],
  ["play", "play"],
  ["sleep", "bed"],
];

let shown = false; // on a narrow screen: whether the moves are shown
const move = (name) => send({ kind: "clock", move: name });

export function drawClock() {
  const place = byId("clock");
  const one = me();
  if (!one) return;
  place.setAttribute("aria-label", t("clock"));
  const playing = state.doing === "play";
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.move : null;
  fill(
    place,
    h(
      "div",
      { class: state.doing ? "clock-now busy" : "clock-now", title: t("clock.about") },
      icon("clock"),
      h("span", { class: "hidden" }, t("clock.now")),
      h("time", { datetime: state.now.toISOString() }, moment(state.now, "clock")),
      h("span", { class: "quiet clock-zone" }, one.zone.replaceAll("_", " ")),
    ),
    h("button", { type: "button", class: "plain clock-toggle", "aria-expanded": String(shown), "aria-controls": "moves", onclick: () => ((shown = !shown), drawClock()), data: { move: "toggle" } }, t("clock.move"), icon("chevron")),
    h(
      "div",
      { class: shown ? "moves shown" : "moves", id: "moves" },
      MOVES.map(([name, sign]) => {
        const pause = name === "play" && playing;
        return h(
          "button",
          { type: "button", class: "move", data: { move: name }, title: t(`clock.${pause ? "pause" : name}.about`), "aria-disabled": Boolean(state.doing) && !pause ? "true" : null, onclick: () => (pause ? move("pause") : state.doing || move(name)) },
          sign ? icon(pause ? "pause" : sign) : null,
          t(`clock.${pause ? "pause" : name}`),
        );
      }),
    ),
    h("span", { class: "moving hidden", role: "status" }, state.doing ? t("clock.moving") : ""),
  );
  if (focused) place.querySelector(`[data-move="${focused}"]`)?.focus();
}

on("clock", ({ now, doing }) => {
  state.now = new Date(now);
  state.doing = doing;
  drawClock();
});
