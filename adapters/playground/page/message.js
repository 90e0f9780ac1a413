// Messages as elements: what personas said, and the bot's views.

import { act } from "./actions.js";
import { fill, h, icon } from "./dom.js";
import { send } from "./socket.js";
import { room, state, t, tell } from "./state.js";
import { avatar, moment, nameOf, spans, time } from "./text.js";

const TOGETHER = 5 * 60_000; // milliseconds within which one author's messages stand together

// One message in the list; `before` is the one above it, `replies` what was answered to it.
export function messageItem(message, before, replies = []) {
  const author = message.author;
  const known = author !== "bot" && state.people.has(author);
  const close =
    before && before.author === author && !message.asked && before.only === message.only && new Date(message.at) - new Date(before.at) < TOGETHER;
  const at = new Date(message.at);
  const name = known
    ? h("button", { type: "button", class: "author", onclick: () => tell("profile", author) }, nameOf(author))
    : h("span", { class: "author" }, message.gone ? t("gone.person") : nameOf(author));
  const item = h(
    "li",
    { class: ["message", close ? "close" : "", message.only ? "only" : "", author === "bot" ? "by-bot" : ""].join(" "), data: { id: message.id } },
    message.asked ? asked(message) : null,
    h(
      "article",
      { "aria-label": `${nameOf(author)}, ${moment(at, "time")}` },
      close ? h("span", { class: "gutter" }) : avatar(author),
      h(
        "div",
        { class: "bubble" },
        close
          ? null
          : h(
              "header",
              {},
              name,
              author === "bot" ? h("span", { class: "badge bot" }, t("app")) : null,
              state.people.get(author)?.moderator ? h("span", { class: "badge" }, t("moderator")) : null,
              time(at, "time"),
            ),
        body(message),
        message.only ? only(message) : null,
        replies.length ? h("button", { type: "button", class: "replies", onclick: () => tell("thread", message.id) }, icon("reply"), t(replies.length === 1 ? "thread.one" : "thread.many", { count: replies.length })) : null,
      ),
      message.only || message.thread || message.gone || room()?.bot
        ? null
        : h("div", { class: "tools" }, h("button", { type: "button", class: "icon-button", "aria-label": t("thread.reply"), title: t("thread.reply"), onclick: () => tell("thread", message.id) }, icon("reply"))),
    ),
  );
  return item;
}

function asked(message) {
  return h("p", { class: "asked" }, t("asked", { name: nameOf(message.by) }), " ", h("code", {}, `/${message.asked}`));
}

function only(message) {
  return h(
    "p",
    { class: "only-line" },
    icon("eye"),
    t("only"),
    " · ",
    h("button", { type: "button", class: "link", onclick: () => send({ kind: "dismiss", as: state.as, message: message.id }) }, t("only.dismiss")),
  );
}

function body(message) {
  if (message.gone) return h("p", { class: "quiet" }, t("gone.message"));
  if (message.view) return h("div", { class: "view" }, viewOf(message.view, message));
  return h("p", { class: "said" }, message.text);
}

// The elements of a view; `message` is the message it stands in, where there is one.
export function viewOf(view, message) {
  return [view.title ? h("h3", { class: "view-title" }, view.title) : null, ...view.blocks.map((block) => BLOCKS[block.is](block, message))];
}

const BLOCKS = {
  paragraph: (block) => h("p", {}, spans(block.text)),
  quote: (block) => h("blockquote", {}, spans(block.text)),
  small: (block) => h("p", { class: "small" }, spans(block.text)),
  facts: (block) => h("dl", { class: "facts" }, block.facts.map((fact) => h("div", {}, h("dt", {}, fact.label), h("dd", {}, spans(fact.value))))),
  buttons: (block, message) =>
    h(
      "div",
      { class: "buttons", role: "group" },
      block.buttons.map((button) => h("button", { type: "button", class: button.tone, disabled: !message, onclick: (event) => press(event.currentTarget, message, button.code) }, button.label)),
    ),
  select: (block, message) => (block.most > 1 ? several(block, message) : single(block, message)),
  picture: (block) => picture(block),
  file: (block) => h("a", { class: "file", href: block.url, download: block.name }, icon("file"), h("span", {}, h("span", { class: "file-name" }, block.name), h("span", { class: "quiet" }, t("file.size", { size: size(block.size) })))),
};

async function press(element, message, code, values = []) {
  if (element.getAttribute("aria-busy") === "true") return;
  element.setAttribute("aria-busy", "true");
  await act({ kind: "press", room: message.room, message: message.id, code, values }).answered;
  element.removeAttribute("aria-busy");
}

function single(block, message) {
  const select = h(
    "select",
    { "aria-label": block.placeholder },
    h("option", { value: "", disabled: true, selected: block.selected.length === 0 }, block.placeholder),
    block.choices.map((choice) => h("option", { value: choice.value, selected: block.selected.includes(choice.value) }, choice.hint ? `${choice.label} – ${choice.hint}` : choice.label)),
  );
  const button = h("button", { type: "button", class: "plain", onclick: () => (select.value ? press(button, message, block.code, [select.value]) : select.focus()) }, t("select.take"));
  return h("div", { class: "select" }, select, button);
}

function several(block, message) {
  const inputs = block.choices.map((choice) => h("input", { type: "checkbox", value: choice.value, checked: block.selected.includes(choice.value), onchange: check }));
  const wrong = h("p", { class: "problem", role: "alert" });
  const button = h("button", { type: "button", class: "plain", onclick: take }, t("select.take.many"));
  const read = () => inputs.filter((one) => one.checked).map((one) => one.value);

  function check(event) {
    const over = read().length > block.most;
    if (over) event.target.checked = false;
    fill(wrong, over ? t("form.most", { count: block.most }) : "");
  }

  function take() {
    if (read().length < block.least) return fill(wrong, t("form.least", { count: block.least }));
    return press(button, message, block.code, read());
  }

  return h(
    "fieldset",
    { class: "several" },
    h("legend", {}, block.placeholder),
    h(
      "div",
      { class: block.choices.length > 8 ? "choices dense" : "choices" },
      block.choices.map((choice, index) => h("label", { class: "option" }, inputs[index], h("span", { class: "option-words" }, h("span", {}, choice.label), choice.hint ? h("span", { class: "option-hint" }, choice.hint) : null))),
    ),
    wrong,
    button,
  );
}

// The bot draws its pictures itself; still, only shapes and words are taken over from them.
const SHAPES = new Set(["svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "linearGradient", "stop", "clipPath"]);

function picture(block) {
  const drawn = new DOMParser().parseFromString(block.svg, "image/svg+xml").documentElement;
  if (drawn.nodeName !== "svg") return h("p", {}, block.alternative);
  const copy = shapes(drawn);
  copy.setAttribute("role", "img");
  copy.setAttribute("aria-label", block.alternative);
  return h("figure", { class: "picture" }, copy);
}

function shapes(node) {
  const copy = document.createElementNS("http://www.w3.org/2000/svg", node.localName);
  for (const { name, value } of node.attributes) {
    if (!/^(on|style$|href$|xlink|xml)/i.test(name)) copy.setAttribute(name, value);
  }
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) copy.append(child.data);
    else if (SHAPES.has(child.localName)) copy.append(shapes(child));
  }
  return copy;
}

function size(bytes) {
  return new Intl.NumberFormat(state.language, { style: "unit", unit: bytes < 1000 ? "byte" : "kilobyte", maximumFractionDigits: 0 }).format(bytes < 1000 ? bytes : bytes / 1000);
}
