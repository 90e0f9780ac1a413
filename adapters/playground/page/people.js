// Choosing people, being somebody else, and adding somebody new.

import { combobox } from "./combobox.js";
import { add, fill, h, icon, iconButton, newId } from "./dom.js";
import { dialog } from "./dialog.js";
import { ask, send } from "./socket.js";
import { me, on, state, t, tell } from "./state.js";
import { avatar, moment, nameOf } from "./text.js";

const SHOWN = 8; // suggestions at a time

export function matching(typed, without = []) {
  const wanted = typed.trim().replace(/^@/, "").toLocaleLowerCase();
  const begins = (one) => ` ${one.name.toLocaleLowerCase()}`.includes(` ${wanted}`);
  return [...state.people.values()]
    .filter((one) => !without.includes(one.id) && one.name.toLocaleLowerCase().includes(wanted))
    .sort((one, other) => begins(other) - begins(one))
    .slice(0, SHOWN)
    .map((one) => ({ value: one.id, label: one.name, hint: role(one), before: () => avatar(one.id, "small") }));
}

function role(one) {
  return [one.you ? t("you") : "", one.moderator ? t("moderator") : ""].filter(Boolean).join(" · ");
}

// A field that takes up to `most` people; its `chosen` lists their ids.
export function picker({ id, label, chosen = [], most = 1, changed = () => {}, attributes = {} }) {
  const ids = [...chosen].filter((one) => state.people.has(one));
  const input = h("input", { id, type: "text", placeholder: t("people.placeholder"), ...attributes });
  const chips = h("ul", { class: "picked", "aria-label": label });
  const box = combobox(input, {
    label,
    always: true,
    find: (typed) => (ids.length >= most ? [] : matching(typed, ids)),
    take(option) {
      ids.push(option.value);
      input.value = "";
      draw();
      changed(ids);
    },
  });

  function draw() {
    fill(
      chips,
      ids.map((one) =>
        h("li", { class: "picked-one" }, avatar(one, "small"), nameOf(one), iconButton("close", t("people.remove", { name: nameOf(one) }), () => remove(one))),
      ),
    );
    chips.hidden = ids.length === 0;
    input.hidden = ids.length >= most && most === 1;
  }

  function remove(one) {
    ids.splice(ids.indexOf(one), 1);
    draw();
    changed(ids);
    input.focus();
  }

  input.addEventListener("keydown", (event) => {
    if (event.key === "Backspace" && input.value === "" && ids.length) remove(ids.at(-1));
  });
  draw();
  return { element: h("div", { class: "picker" }, chips, input, box.list), input, chosen: ids, open: () => box.open };
}

export function become(id, room = "") {
  return new Promise((resolve) => {
    if (state.as === id) {
      if (room) tell("enter", room);
      resolve();
      return;
    }
    tell("become", { id, room, resolve });
  });
}

// --- the switch between personas ----------------------------------------------------------------

export function choosePersona() {
  const list = h("div", { class: "personas" });
  const search = h("input", { type: "search", placeholder: t("people.find"), "aria-label": t("people.find"), oninput: draw });
  const box = dialog(t("switch.title"), [
    h("p", { class: "quiet" }, t("switch.about")),
    search,
    list,
    h("div", { class: "dialog-foot" }, h("button", { type: "button", class: "plain", onclick: () => (box.close(), editPersona()) }, icon("plus"), t("switch.add"))),
  ]);

  function draw() {
    const wanted = search.value.trim().toLocaleLowerCase();
    const all = [...state.people.values()].filter((one) => one.name.toLocaleLowerCase().includes(wanted));
    const groups = [
      [t("switch.you"), all.filter((one) => one.you)],
      [t("switch.moderators"), all.filter((one) => one.moderator && !one.you)],
      [t("switch.members"), all.filter((one) => !one.moderator && !one.you)],
    ];
    fill(
      list,
      groups.filter(([, people]) => people.length).map(([title, people]) => [h("h3", {}, title), h("ul", {}, people.map(row))]),
      all.length ? null : h("p", { class: "quiet" }, t("people.nobody")),
    );
  }

  function row(one) {
    const current = one.id === state.as;
    const about = `${moment(state.now, "time", one.zone)} · ${one.zone.replaceAll("_", " ")}`;
    return h(
      "li",
      { class: current ? "persona current" : "persona" },
      h(
        "button",
        { type: "button", "aria-current": current ? "true" : null, onclick: () => (box.close(), become(one.id)) },
        avatar(one.id),
        h("span", { class: "persona-words" }, h("span", { class: "persona-name" }, one.name), h("span", { class: "quiet" }, about)),
        one.moderator ? h("span", { class: "badge" }, t("moderator")) : null,
      ),
      iconButton("edit", t("persona.edit", { name: one.name }), () => (box.close(), editPersona(one))),
    );
  }
  draw();
}

// --- adding and changing --------------------------------------------------------------------------

function editPersona(one = null) {
  const zones = Intl.supportedValuesOf("timeZone");
  const name = h("input", { id: newId("field"), required: true, maxlength: 80, value: one?.name ?? "", autocomplete: "off" });
  const zone = h("input", { id: newId("field"), required: true, value: one?.zone ?? me()?.zone ?? "UTC", autocomplete: "off" });
  const problem = h("p", { class: "problem", id: newId("problem"), role: "alert" });
  const zoneList = combobox(zone, {
    label: t("persona.zone"),
    first: false,
    find: (typed) => {
      const wanted = typed.trim().toLowerCase().replaceAll(" ", "_");
      return zones.filter((each) => each.toLowerCase().includes(wanted)).slice(0, SHOWN).map((each) => ({ value: each, label: each, hint: moment(state.now, "time", each) }));
    },
    take: (option) => (zone.value = option.value),
  });
  const names = new Intl.DisplayNames([state.language], { type: "language" });
  const tags = [...new Set([...state.languages, "en", "es", "hi", "ja", "ko", "ta", "tl", "vi", "zh", one?.language ?? "en"])];
  const language = h("select", { id: newId("field") }, tags.map((tag) => h("option", { value: tag, selected: tag === (one?.language ?? "en") }, names.of(tag))));
  const isModerator = h("input", { type: "checkbox", id: newId("field"), checked: one?.moderator ?? false });
  const form = h(
    "form",
    { onsubmit: submit, novalidate: true },
    labelled(t("persona.name"), name),
    labelled(t("persona.zone"), zone, zoneList.list),
    labelled(t("persona.language"), language),
    h("label", { class: "check" }, isModerator, h("span", {}, t("persona.moderator"))),
    problem,
    h("div", { class: "dialog-foot" }, h("button", { class: "primary" }, one ? t("persona.save") : t("persona.add"))),
  );
  const box = dialog(one ? t("persona.edit", { name: one.name }) : t("persona.new"), [form]);

  async function submit(event) {
    event.preventDefault();
    const wrong = !name.value.trim() ? [name, t("persona.problem.name")] : !isZone(zone.value.trim()) ? [zone, t("persona.problem.zone", { zone: zone.value.trim() })] : null;
    for (const input of [name, zone]) input.removeAttribute("aria-invalid");
    fill(problem, wrong?.[1]);
    if (wrong) {
      wrong[0].setAttribute("aria-invalid", "true");
      wrong[0].setAttribute("aria-describedby", problem.id);
      wrong[0].focus();
      return;
    }
    const reply = await ask({
      kind: "persona",
      name: name.value.trim(),
      zone: zone.value.trim(),
      language: language.value,
      moderator: isModerator.checked,
      change: one?.id ?? null,
    });
    if (reply.is !== "persona") return fill(problem, t("problem"));
    box.close();
    return become(reply.as);
  }
}

function isZone(zone) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone !== "";
  } catch {
    return false;
  }
}

export function labelled(label, input, ...more) {
  return h("div", { class: "field" }, h("label", { for: input.id }, label), input, more);
}

// --- one person, and talking to them ----------------------------------------------------------------

function showProfile(id) {
  const one = state.people.get(id);
  if (!one) return;
  const box = dialog(one.name, [
    h("div", { class: "profile" }, avatar(id, "large"), h("div", {}, role(one) ? h("p", {}, role(one)) : null, h("p", { class: "quiet" }, t("profile.time", { time: moment(state.now, "short", one.zone), zone: one.zone.replaceAll("_", " ") })))),
    h(
      "div",
      { class: "dialog-foot" },
      id === state.as ? null : h("button", { type: "button", class: "plain", onclick: () => (box.close(), write([id])) }, t("profile.write")),
      id === state.as ? null : h("button", { type: "button", class: "primary", onclick: () => (box.close(), become(id)) }, t("profile.become", { name: one.name })),
    ),
  ]);
}

export function write(people) {
  send({ kind: "direct", as: state.as, people });
}

export function newDirect() {
  const field = picker({ id: newId("field"), label: t("direct.to"), most: 9 });
  const form = h(
    "form",
    {
      onsubmit(event) {
        event.preventDefault();
        const others = field.chosen.filter((one) => one !== state.as);
        if (!others.length) return field.input.focus();
        box.close();
        write(others);
      },
    },
    h("div", { class: "field" }, h("label", { for: field.input.id }, t("direct.to")), field.element),
    h("div", { class: "dialog-foot" }, h("button", { class: "primary" }, t("direct.begin"))),
  );
  const box = dialog(t("direct.title"), [form]);
}

export function showMembers(room) {
  const box = dialog(t("members.title", { room: room.name }), [
    h("ul", { class: "members" }, room.people.map((id) => h("li", {}, h("button", { type: "button", class: "row", onclick: () => (box.close(), showProfile(id)) }, avatar(id, "small"), nameOf(id))))),
  ]);
}

on("profile", showProfile);
