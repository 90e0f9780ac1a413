// Where a persona types: words for the others, and slash commands with completion.

import { act } from "./actions.js";
import { combobox } from "./combobox.js";
import { byId, fill, h, icon, iconButton, newId } from "./dom.js";
import { toast } from "./dialog.js";
import { matching } from "./people.js";
import { ask, send } from "./socket.js";
import { kept, on, room, state, t } from "./state.js";
import { nameOf } from "./text.js";

const place = byId("composer");
const FILE_BYTES = 2 * 1024 * 1024;
const SHOWN = 30; // commands offered at a time
let asks = 0;
const suggestions = new Map(); // number of the question -> who waits

on("suggested", ({ ask: number, choices }) => {
  suggestions.get(number)?.(choices);
  suggestions.delete(number);
});

export function roomName(one = room()) {
  if (!one) return "";
  if (one.kind !== "direct") return one.kind === "private" ? one.name : `#${one.name}`;
  if (one.bot) return t("bot");
  return one.people.filter((id) => id !== state.as).map(nameOf).join(", ") || t("direct.gone");
}

// --- typing -----------------------------------------------------------------------------------------

export function drawComposer(text = kept.get(`typed:${state.as}:${state.room}`) ?? "") {
  const here = room();
  if (!here) return fill(place);
  if (!here.open) return fill(place, h("p", { class: "closed" }, icon("lock"), t("room.closed")));
  const label = t("write.to", { room: roomName(here) });
  const input = h("textarea", { rows: 1, "aria-label": label, placeholder: t(here.bot ? "write.bot" : "write.placeholder", { room: roomName(here) }), maxlength: 4000, value: text });
  const box = combobox(input, { label: t("commands"), find: complete, take: (option) => begin(option.command, {}) });
  const form = h("form", { class: "write", onsubmit: submit }, h("div", { class: "write-box" }, input, h("button", { class: "icon-button send", "aria-label": t("send"), title: t("send") }, icon("send"))), box.list);

  input.addEventListener("input", () => {
    kept.set(`typed:${state.as}:${state.room}`, input.value || null);
    grow(input);
    const command = state.commands.find((one) => input.value === `/${one.name} `);
    if (command?.options.length) begin(command, {});
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit(event);
  });

  function submit(event) {
    event.preventDefault();
    const typed = input.value.trim();
    if (!typed) return;
    input.value = "";
    kept.set(`typed:${state.as}:${state.room}`, null);
    grow(input);
    box.close();
    if (typed.startsWith("/")) run(typed.slice(1));
    else ask({ kind: "say", as: state.as, room: state.room, text: typed });
    input.focus();
  }

  fill(place, form);
  grow(input);
  return input;
}

function grow(input) {
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, 180)}px`;
}

// Commands that fit what was typed so far; none once a whole command stands there.
function complete(typed) {
  if (!typed.startsWith("/") || typed.includes("\n")) return [];
  const wanted = typed.slice(1).trimStart().toLowerCase();
  if (state.commands.some((one) => one.name === wanted.trim() && (!one.options.length || wanted.endsWith(" ")))) return [];
  const words = wanted.split(/\s+/).filter(Boolean);
  const fits = (one) => one.name.startsWith(wanted) || words.every((word) => one.name.split(" ").some((part) => part.startsWith(word)));
  return state.commands
    .filter(fits)
    .sort((one, other) => other.name.startsWith(wanted) - one.name.startsWith(wanted))
    .slice(0, SHOWN)
    .map((command) => ({ value: command.name, label: `/${command.name}`, hint: command.about, command }));
}

// A command typed out: known options by name (until:2026-03-02) or in their order.
function run(line) {
  const words = line.trim().split(/\s+/);
  const name = [words.slice(0, 2).join(" "), words.join(" ")].find((one) => state.commands.some((known) => known.name === one.toLowerCase()));
  const command = state.commands.find((one) => one.name === name?.toLowerCase());
  if (!command) return use(line.trim().slice(0, 200), {});
  const rest = words.slice(command.name.split(" ").length);
  const options = {};
  for (const word of rest) {
    const [, key, value] = /^([a-z-]+):(.*)$/.exec(word) ?? [];
    const named = command.options.find((one) => one.name === key);
    const open = command.options.filter((one) => !(one.name in options) && one.kind !== "file");
    if (named) options[named.name] = value;
    else if (open.length) options[open[0].name] = word;
    else {
      const last = command.options.at(-1)?.name;
      if (last) options[last] = `${options[last] ?? ""} ${word}`.trim();
    }
  }
  const missing = command.options.some((one) => one.required && !options[one.name]);
  if (missing) return begin(command, options);
  for (const option of command.options.filter((one) => one.kind === "person" && options[one.name])) {
    const found = matching(options[option.name].replaceAll("_", " "));
    if (found.length !== 1) return begin(command, options);
    options[option.name] = found[0].value;
  }
  return use(command.name, options);
}

function use(command, options) {
  return act({ kind: "command", command, options }).answered;
}

// --- a command with options: one labelled field each ------------------------------------------------

// `ready`: nothing more needs to be filled in, so that Enter sends it.
export function begin(command, values, ready = false) {
  kept.set(`typed:${state.as}:${state.room}`, null);
  if (!command.options.length) {
    const input = drawComposer(`/${command.name}`);
    input?.focus();
    input?.setSelectionRange(input.value.length, input.value.length);
    return;
  }
  const fields = command.options.map((option) => optionField(option, values[option.name] ?? "", command));
  const problem = h("p", { class: "problem", role: "alert" });
  const about = h("p", { class: "quiet about" }, command.about);
  const sending = h("button", { class: "icon-button send", "aria-label": t("command.send", { command: `/${command.name}` }), title: t("send") }, icon("send"));
  const form = h(
    "form",
    { class: "write fields", "aria-label": `/${command.name}`, novalidate: true, onsubmit: submit },
    h(
      "div",
      { class: "write-box" },
      h("span", { class: "command-name" }, `/${command.name}`),
      h("div", { class: "option-fields" }, fields.map((field) => field.element)),
      iconButton("close", t("command.cancel"), back),
      sending,
    ),
    problem,
    about,
  );
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") back();
    else if (event.key === "Enter" && event.target.matches("select, input:not([type=file])") && !event.isComposing) submit(event);
  });
  form.addEventListener("focusin", (event) => {
    const option = command.options.find((one) => one.name === event.target.dataset.option);
    fill(about, option?.about || command.about);
  });

  function back() {
    drawComposer()?.focus();
  }

  async function submit(event) {
    event.preventDefault();
    const options = {};
    let file = null;
    for (const field of fields) {
      const value = field.read();
      if (value instanceof File) file = value;
      else if (value) options[field.name] = value;
      const wrong = field.wrong();
      if (wrong) {
        fill(problem, wrong);
        return field.focus();
      }
    }
    if (file && file.size > FILE_BYTES) return fill(problem, t("file.large", { name: file.name, limit: "2 MB" }));
    back();
    if (!file) return use(command.name, options);
    return act({ kind: "file", command: command.name, name: file.name.slice(-255), content: await base64(file) }).answered;
  }

  fill(place, form);
  if (ready && !fields.some((field) => field.wrong())) sending.focus();
  else (fields.find((field) => !field.read()) ?? fields[0]).focus();
}

// {name, element, read, wrong, focus}
function optionField(option, value, command) {
  const id = newId("option");
  const shared = { id, data: { option: option.name }, "aria-required": option.required, title: option.about };
  let list = null;
  let person = state.people.has(value) ? value : "";
  let input;
  if (option.kind === "choice") {
    input = h("select", shared, h("option", { value: "" }, "–"), option.choices.map((one) => h("option", { value: one.value, selected: one.value === value }, one.label)));
  } else if (option.kind === "date") input = h("input", { ...shared, type: "date", value });
  else if (option.kind === "file") input = h("input", { ...shared, type: "file", accept: ".csv,.toml,.txt,text/csv,text/plain" });
  else {
    input = h("input", { ...shared, type: "text", autocomplete: "off", value: person ? nameOf(person) : value, maxlength: 1000 });
    if (option.kind === "person") {
      list = combobox(input, { label: option.name, always: true, find: (typed) => (person ? [] : matching(typed)), take: (one) => ((person = one.value), (input.value = one.label)) }).list;
      input.addEventListener("input", () => (person = ""));
    } else if (option.suggests) {
      list = combobox(input, { label: option.name, always: true, first: false, find: (typed) => suggest(command.name, option.name, typed), take: (one) => (input.value = one.value) }).list;
    }
  }
  const read = () => {
    if (option.kind === "file") return input.files[0] ?? "";
    return option.kind === "person" ? person : input.value.trim();
  };
  return {
    name: option.name,
    element: h("div", { class: "option-field" }, h("label", { for: id }, option.name), input, list),
    read,
    focus: () => input.focus(),
    wrong() {
      if (option.kind === "person" && !person && input.value.trim()) return t("command.stranger", { name: input.value.trim() });
      return option.required && !read() ? t("command.missing", { option: option.name }) : "";
    },
  };
}

function suggest(command, option, typed) {
  const number = ++asks;
  send({ kind: "suggest", ask: number, as: state.as, command, option, typed: typed.slice(0, 200) });
  return new Promise((resolve) => {
    suggestions.set(number, (choices) => resolve(choices));
    setTimeout(() => resolve([]), 3000);
  });
}

async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}

// Somebody's words or a step of the guide name a command: it is put ready, and not sent.
on("prefill", ({ command: name, options = {} }) => {
  const command = state.commands.find((one) => one.name === name);
  if (!command) return toast(t("nobody"));
  begin(command, options, Object.keys(options).length > 0);
});
