// The conversation: the room looked at, and the replies to one message beside it.

import { byId, fill, h, iconButton } from "./dom.js";
import { messageItem } from "./message.js";
import { ask, send } from "./socket.js";
import { kept, on, room, state, t, tell } from "./state.js";
import { moment, nameOf } from "./text.js";

const NEAR = 120; // pixels from the end within which new messages scroll into view
const PAGE = 80; // messages the server sends at a time

const list = byId("timeline");
const scroll = byId("scroll");
const older = byId("older");

export function enter(id) {
  if (!state.rooms.some((one) => one.id === id)) id = state.rooms[0]?.id ?? "";
  state.room = id;
  state.thread = "";
  state.messages = new Map();
  kept.set("room", id);
  send({ kind: "open", room: id });
  tell("room");
}

on("opened", ({ room: id, before, messages }) => {
  if (id !== state.room) return;
  const height = scroll.scrollHeight;
  const known = [...state.messages.values()];
  state.messages = new Map([...messages, ...known].map((one) => [one.id, one]));
  state.whole = messages.length < PAGE;
  draw();
  if (before) scroll.scrollTop += scroll.scrollHeight - height;
  else toEnd();
});

on("said", ({ message }) => {
  if (message.room !== state.room) return;
  const near = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
  const fresh = !state.messages.has(message.id);
  state.messages.set(message.id, message);
  if (fresh && message.thread === null) append(message);
  else redraw(message.thread ?? message.id);
  if (message.thread && message.thread === state.thread) tell("thread", state.thread);
  if (near && fresh) toEnd();
  if (fresh && document.visibilityState === "visible") send({ kind: "look", room: state.room });
});

on("unsaid", ({ message }) => {
  if (!state.messages.delete(message)) return;
  draw();
});

on("answered", ({ message }) => {
  list.querySelector(`[data-id="${CSS.escape(message)}"]`)?.scrollIntoView({ block: "nearest" });
});

on("standing", () => [...state.messages.values()].length && draw());

// What was said last stays in sight while the place to write grows.
let tall = scroll.clientHeight;
new ResizeObserver(() => {
  const left = scroll.scrollHeight - scroll.scrollTop - tall;
  tall = scroll.clientHeight;
  if (left < NEAR) toEnd();
}).observe(scroll);

older.addEventListener("click", () => {
  const first = Math.min(...[...state.messages.values()].map((one) => one.seq));
  send({ kind: "open", room: state.room, before: first });
});

function shown() {
  return [...state.messages.values()].filter((one) => one.thread === null).sort((one, other) => one.seq - other.seq);
}

const repliesTo = (id) => [...state.messages.values()].filter((one) => one.thread === id).sort((one, other) => one.seq - other.seq);

function draw() {
  const focused = list.contains(document.activeElement) ? document.activeElement.closest("[data-id]")?.dataset.id : null;
  list.setAttribute("aria-live", "off"); // what was there before is not read out again
  let before = null;
  const items = [];
  for (const message of shown()) {
    if (!before || moment(new Date(before.at), "date") !== moment(new Date(message.at), "date")) items.push(day(message));
    items.push(messageItem(message, items.at(-1)?.className === "day" ? null : before, repliesTo(message.id)));
    before = message;
  }
  fill(list, items);
  older.hidden = state.whole || !state.messages.size;
  fill(older, t("older"));
  requestAnimationFrame(() => list.setAttribute("aria-live", "polite"));
  if (focused) list.querySelector(`[data-id="${CSS.escape(focused)}"] button`)?.focus({ preventScroll: true });
}

function append(message) {
  const all = shown();
  const at = all.indexOf(message);
  if (at !== all.length - 1) return draw();
  const before = all[at - 1] ?? null;
  const newDay = !before || moment(new Date(before.at), "date") !== moment(new Date(message.at), "date");
  if (newDay) list.append(day(message));
  const item = messageItem(message, newDay ? null : before);
  item.classList.add("fresh");
  list.append(item);
}

function redraw(id) {
  const old = list.querySelector(`[data-id="${CSS.escape(id)}"]`);
  const message = state.messages.get(id);
  if (!old || !message) return;
  const all = shown();
  const before = old.previousElementSibling?.className === "day" ? null : (all[all.indexOf(message) - 1] ?? null);
  const fresh = messageItem(message, before, repliesTo(id));
  const focused = old.contains(document.activeElement);
  old.replaceWith(fresh);
  if (focused) (fresh.querySelector(".view button, .view select, .view input") ?? byId("main")).focus({ preventScroll: true });
}

function day(message) {
  return h("li", { class: "day" }, h("span", {}, moment(new Date(message.at), "date")));
}

function toEnd() {
  scroll.scrollTop = scroll.scrollHeight;
}

// --- replies to one message, in the panel -----------------------------------------------------------

export function threadView() {
  const root = state.messages.get(state.thread);
  if (!root) return null;
  const replies = repliesTo(root.id);
  const input = h("textarea", { rows: 2, id: "reply", "aria-label": t("thread.write"), placeholder: t("thread.write"), maxlength: 4000, onkeydown: (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && reply(event) });
  const people = [...new Set([root, ...replies].map((one) => one.author))].map(nameOf);

  function reply(event) {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    ask({ kind: "say", as: state.as, room: state.room, text, thread: root.id });
  }

  return h(
    "section",
    { class: "thread", "aria-label": t("thread.title") },
    h("div", { class: "panel-head" }, h("h2", {}, t("thread.title")), iconButton("close", t("thread.close"), () => tell("thread", ""))),
    h("p", { class: "quiet thread-people" }, people.join(", ")),
    h("ol", { class: "timeline" }, messageItem({ ...root, thread: root.id }, null), replies.map((one, index) => messageItem(one, replies[index - 1] ?? null))),
    room()?.open ? h("form", { class: "reply", onsubmit: reply }, input, h("button", { class: "primary" }, t("send"))) : null,
  );
}
