// The bot's forms, as dialogs. What is typed is kept in the tab until it was sent in and taken, so
// neither Escape nor a reload nor a lost connection loses a word.

import { act } from "./actions.js";
import { fill, h, newId } from "./dom.js";
import { dialog } from "./dialog.js";
import { picker } from "./people.js";
import { kept, state, t } from "./state.js";
import { spans } from "./text.js";

let open = null; // the form that is open: {close}

// `origin` says where the form came from: {as, room, message}.
export function showForm(form, origin) {
  open?.close(true);
  const name = `draft:${origin.as}:${form.submit}`;
  const mended = Object.keys(form.problems).length > 0;
  const draft = mended ? null : kept.get(name);
  const fields = form.fields.map((field) => build(field, draft?.[field.key], form.problems[field.key], save));
  const submit = h("button", { class: "primary" }, form.label);
  const status = h("p", { class: "quiet", role: "status" });
  const element = h(
    "form",
    { novalidate: true, onsubmit: send, class: "bot-form" },
    form.intro.length ? h("p", { class: "intro" }, spans(form.intro, true)) : null,
    mended ? h("p", { class: "problem", role: "alert" }, t("form.mend")) : null,
    draft ? h("p", { class: "quiet kept" }, t("form.kept"), " ", h("button", { type: "button", class: "link", onclick: startOver }, t("form.over"))) : null,
    fields.map((field) => field.element),
    h("div", { class: "dialog-foot" }, status, h("button", { type: "button", class: "plain", onclick: () => box.close() }, t("form.later")), submit),
  );
  let replaced = false;
  const box = dialog(form.title, [element], { closed: () => !replaced && (open = null), wide: form.fields.some((field) => field.choices?.length > 8) });
  const mine = { close: (by) => ((replaced = Boolean(by)), box.close()) };
  open = mine;
  const first = fields.find((field) => form.problems[field.key]) ?? fields[0];
  first?.focus();
  if (mended) save();

  function save() {
    kept.set(name, Object.fromEntries(fields.map((field) => [field.key, field.read()])));
  }

  function startOver() {
    kept.set(name, null);
    showForm(form, origin);
  }

  // While what was sent is on its way nothing more can be typed: the answer would overwrite it.
  function still(yes) {
    submit.disabled = yes;
    for (const field of fields) field.element.inert = yes;
  }

  async function send(event) {
    event.preventDefault();
    const problem = fields.map((field) => field.check()).find(Boolean);
    if (problem) return problem();
    still(true);
    fill(status, t(state.online ? "form.sending" : "form.waiting"));
    const values = { texts: {}, choices: {}, people: {} };
    for (const field of fields) values[field.group][field.key] = field.read();
    const { answered } = act({ kind: "submit", as: origin.as, room: origin.room, message: origin.message ?? null, code: form.submit, ...values });
    // From here on what was typed is kept with what waits for an answer; a form to mend brings it back.
    kept.set(name, null);
    const reply = await answered;
    if (reply.is === "nobody" || reply.is === "problem") still(false);
    else if (reply.is !== "form" && open === mine) box.close();
  }
}

// --- fields: {key, group, element, read, check, focus} ----------------------------------------------

function build(field, draft, problem, changed) {
  return { text: textField, choice: choiceField, people: peopleField }[field.is](field, draft, problem, changed);
}

function frame(field, problem, control, { group = false, id, optional = false } = {}) {
  const hint = field.hint ? h("p", { class: "hint", id: newId("hint") }, field.hint) : null;
  const wrong = h("p", { class: "problem", id: newId("problem"), role: "alert" }, problem);
  const label = [field.label, optional ? [" ", h("span", { class: "optional" }, t("form.optional"))] : null];
  const described = [hint?.id, wrong.id].filter(Boolean).join(" ");
  const element = group
    ? h("fieldset", { class: "field", "aria-describedby": described }, h("legend", {}, label), hint, control, wrong)
    : h("div", { class: "field" }, h("label", { for: id }, label), hint, control, wrong);
  const say = (words) => {
    fill(wrong, words);
    element.classList.toggle("wrong", Boolean(words));
    element.querySelectorAll("input, textarea, select").forEach((one) => (words ? one.setAttribute("aria-invalid", "true") : one.removeAttribute("aria-invalid")));
  };
  if (problem) say(problem);
  return { element, say, described };
}

function textField(field, draft, problem, changed) {
  const id = newId("field");
  const attributes = { id, placeholder: field.placeholder, maxlength: field.most, value: draft ?? field.value, autocomplete: "off", "aria-required": field.required, oninput: changed };
  const input = field.long ? h("textarea", { ...attributes, rows: 4 }) : h("input", { ...attributes, type: "text" });
  const { element, say, described } = frame(field, problem, input, { id, optional: !field.required });
  input.setAttribute("aria-describedby", described);
  return {
    key: field.key,
    group: "texts",
    element,
    read: () => input.value,
    focus: () => input.focus(),
    check() {
      say("");
      if (!field.required || input.value.trim()) return null;
      return () => (say(t("form.required")), input.focus());
    },
  };
}

function choiceField(field, draft, problem, changed) {
  const chosen = new Set(draft ?? field.selected);
  const many = field.most > 1;
  const name = newId("choice");
  const inputs = field.choices.map((choice) =>
    h("input", { type: many ? "checkbox" : "radio", name, value: choice.value, checked: chosen.has(choice.value), onchange: tooMany }),
  );
  const options = field.choices.map((choice, index) =>
    h("label", { class: "option" }, inputs[index], h("span", { class: "option-words" }, h("span", {}, choice.label), choice.hint ? h("span", { class: "option-hint" }, choice.hint) : null)),
  );
  const read = () => inputs.filter((one) => one.checked).map((one) => one.value);
  const clear = !many && field.least === 0 ? h("button", { type: "button", class: "link", onclick: () => (inputs.forEach((one) => (one.checked = false)), changed()) }, t("form.none")) : null;
  const layout = field.choices.length <= 8 ? "choices" : field.choices.length % 3 ? "choices dense" : "choices dense by-three";
  const { element, say } = frame(field, problem, [h("div", { class: layout }, options), clear], { group: true, optional: field.least === 0 });

  function tooMany(event) {
    if (many && read().length > field.most) {
      event.target.checked = false;
      say(t("form.most", { count: field.most }));
    } else say("");
    changed();
  }

  return {
    key: field.key,
    group: "choices",
    element,
    read,
    focus: () => (inputs.find((one) => one.checked) ?? inputs[0]).focus(),
    check() {
      say("");
      if (read().length >= field.least) return null;
      return () => (say(t(many ? "form.least" : "form.choose", { count: field.least })), inputs[0].focus());
    },
  };
}

function peopleField(field, draft, problem, changed) {
  const id = newId("field");
  const people = picker({ id, label: field.label, chosen: draft ?? field.selected, most: field.most, changed });
  const { element, say, described } = frame(field, problem, people.element, { id, optional: field.least === 0 });
  people.input.setAttribute("aria-describedby", described);
  return {
    key: field.key,
    group: "people",
    element,
    read: () => [...people.chosen],
    focus: () => people.input.focus(),
    check() {
      say("");
      const loose = people.input.value.trim();
      if (loose) return () => (say(t("form.stranger", { name: loose })), people.input.focus());
      if (people.chosen.length >= field.least) return null;
      return () => (say(t("form.required")), people.input.focus());
    },
  };
}
