// Text of the bot, people and moments, as elements.

import { h } from "./dom.js";
import { me, state, t, tell } from "./state.js";

const COMMAND = /\/circle(?:-admin)?(?: [a-z]+)?/g;

// `still` leaves the names of commands as they are: in a dialog there is no composer to fill.
export function spans(text, still = false) {
  return text.map((span) => (typeof span === "string" ? (still ? span : literal(span)) : special(span)));
}

export function nameOf(id) {
  if (id === "bot") return t("bot");
  return state.people.get(id)?.name ?? t("gone.person");
}

export function moment(at, style = "day_time", zone = me()?.zone ?? "UTC") {
  const shapes = {
    time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    date: { weekday: "long", day: "numeric", month: "long" },
    day_time: { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    full: { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    short: { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    clock: { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  };
  // Plain "en" would mean American dates here, and the bot's English puts the day first.
  const language = state.language === "en" ? "en-GB" : state.language;
  return new Intl.DateTimeFormat(language, { ...shapes[style], timeZone: zone }).format(at);
}

export function time(at, style) {
  const zone = me()?.zone ?? "UTC";
  const whole = `${moment(at, "full", zone)} (${zone.replaceAll("_", " ")})`;
  return h("time", { datetime: at.toISOString(), title: whole, class: "moment" }, moment(at, style, zone));
}

// Where the bot names a command, its name is a way to type it: it fills the composer, no more.
function literal(text) {
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(COMMAND)) {
    const name = found[0].slice(1);
    const command = state.commands.find((one) => one.name === name);
    if (!command) continue;
    parts.push(text.slice(at, found.index));
    const label = t("type.command", { command: found[0] });
    parts.push(h("button", { type: "button", class: "command-word", title: label, onclick: () => tell("prefill", { command: name }) }, found[0]));
    at = found.index + found[0].length;
  }
  parts.push(text.slice(at));
  return parts;
}

function special(span) {
  switch (span.is) {
    case "strong":
      return h("strong", {}, span.text);
    case "person":
      return chip(span.person, span.ping);
    case "room":
      return h("button", { type: "button", class: "chip", onclick: () => tell("enter", span.room) }, `# ${span.name}`);
    case "moment":
      return time(new Date(span.at), span.style);
    case "link":
      return h("a", { href: span.url, rel: "noopener noreferrer", target: "_blank" }, span.label);
    default:
      return "";
  }
}

function chip(id, ping) {
  const known = state.people.has(id);
  const mine = ping && id === state.as;
  if (!known) return h("span", { class: "chip" }, nameOf(id));
  return h("button", { type: "button", class: mine ? "chip mine" : "chip", onclick: () => tell("profile", id) }, `@${nameOf(id)}`);
}

export function avatar(id, size = "") {
  if (id === "bot") return h("img", { src: "/page/leaf.svg", alt: "", class: `avatar leaf ${size}` });
  const name = nameOf(id);
  let hue = 0;
  for (const letter of id) hue = (hue * 31 + letter.codePointAt(0)) % 360;
  const words = name.split(/\s+/).filter(Boolean);
  const initials = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...(word ?? "")][0] ?? "").join("");
  return h("span", { class: `avatar ${size}`, "aria-hidden": "true", hue }, initials.toLocaleUpperCase() || "?");
}
