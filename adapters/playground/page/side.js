// The rooms, who is acted as, and the line above the conversation.

import { byId, fill, h, icon, iconButton } from "./dom.js";
import { roomName } from "./composer.js";
import { choosePersona, newDirect, showMembers, write } from "./people.js";
import { me, on, room, state, t, tell } from "./state.js";
import { avatar, moment } from "./text.js";
import { nextTheme, themeIcon, themeName } from "./theme.js";

const narrow = matchMedia("(max-width: 860px)");

export function drawSide() {
  fill(document.querySelector(".brand-name"), t("brand"), h("small", {}, t("brand.about")));
  byId("side").setAttribute("aria-label", t("rooms"));
  const place = byId("rooms");
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.room : null;
  const of = (...kinds) => state.rooms.filter((one) => kinds.includes(one.kind));
  const circles = of("private");
  const direct = of("direct");
  const bot = direct.find((one) => one.bot);
  fill(
    place,
    group(t("rooms.channels"), of("channel", "staff")),
    circles.length ? group(t("rooms.circles"), circles) : null,
    group(
      t("rooms.direct"),
      [bot, ...direct.filter((one) => !one.bot)].filter(Boolean),
      iconButton("plus", t("direct.title"), newDirect),
      bot ? null : h("li", {}, h("button", { type: "button", class: "room", onclick: () => write(["bot"]) }, avatar("bot", "small"), h("span", { class: "room-name" }, t("bot")))),
    ),
  );
  if (focused) place.querySelector(`[data-room="${CSS.escape(focused)}"]`)?.focus();
  drawSelf();
}

function group(title, rooms, tool = null, extra = null) {
  return h("section", { "aria-label": title }, h("div", { class: "group-head" }, h("h2", {}, title), tool), h("ul", {}, rooms.map(roomItem), extra));
}

function roomItem(one) {
  const here = one.id === state.room;
  const unread = here ? 0 : one.unread;
  const sign = { channel: "hash", staff: "shield", private: one.open ? "people" : "lock" }[one.kind];
  const others = one.people.filter((id) => id !== state.as);
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: unread ? "room unread" : "room", "aria-current": here ? "page" : null, data: { room: one.id }, onclick: () => (closeSide(), tell("enter", one.id)) },
      sign ? icon(sign) : avatar(one.bot ? "bot" : others.length === 1 ? others[0] : (others[0] ?? "?"), "small"),
      h("span", { class: "room-name" }, roomName(one).replace(/^#/, "")),
      unread ? h("span", { class: "count" }, unread > 99 ? "99+" : String(unread), h("span", { class: "hidden" }, ` ${t("rooms.unread")}`)) : null,
    ),
  );
}

function aboutSelf(now = state.now) {
  const one = me();
  return [one?.you ? t("you") : "", one?.moderator ? t("moderator") : "", one ? moment(now, "time", one.zone) : ""].filter(Boolean).join(" · ");
}

function drawSelf() {
  const one = me();
  if (!one) return fill(byId("self"));
  fill(
    byId("self"),
    h(
      "button",
      { type: "button", class: "self-button", id: "switch", title: t("switch.title"), onclick: () => (closeSide(), choosePersona()) },
      avatar(one.id),
      h("span", { class: "self-words" }, h("span", { class: "hidden" }, t("switch.acting"), " "), h("span", { class: "self-name" }, one.name), h("span", { class: "self-about" }, aboutSelf())),
      h("span", { class: "switch-word" }, t("switch")),
    ),
  );
}

export function drawTop() {
  const here = room();
  const about = { channel: t("about.channel"), staff: t("about.staff"), private: t("about.private"), direct: t("about.direct") }[here?.kind];
  fill(
    byId("top"),
    iconButton("menu", t("rooms.open"), openSide, { class: "icon-button menu", "aria-controls": "side" }),
    h("div", { class: "top-words" }, h("h1", {}, roomName(here)), h("p", { class: "quiet" }, here?.bot ? t("about.bot") : about)),
    here?.kind === "private" ? h("button", { type: "button", class: "plain members-button", onclick: () => showMembers(here) }, icon("people"), h("span", {}, String(here.people.length)), h("span", { class: "hidden" }, t("members"))) : null,
    iconButton(themeIcon(), t("theme", { name: themeName() }), () => (nextTheme(), drawTop())),
    iconButton("list", t("guide.open"), () => tell("guide", "toggle"), { class: "icon-button guide-button", id: "guide-button", "aria-controls": "panel" }),
  );
  document.title = [here ? roomName(here) : "", t("title")].filter(Boolean).join(" · ");
  byId("main").setAttribute("aria-label", roomName(here));
}

// --- on a narrow screen the rooms slide in ----------------------------------------------------------

function openSide() {
  byId("app").classList.add("side-open");
  byId("shade").hidden = false;
  byId("side").querySelector("[aria-current], button")?.focus();
}

export function closeSide() {
  byId("app").classList.remove("side-open");
  byId("shade").hidden = true;
}

byId("shade").addEventListener("click", closeSide);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !byId("app").classList.contains("side-open")) return;
  closeSide();
  byId("top").querySelector("button")?.focus();
});
narrow.addEventListener("change", closeSide);
on("closeSide", closeSide);
// Only the words: the button itself may have the focus.
on("clock", ({ now }) => fill(byId("self").querySelector(".self-about") ?? h("span"), aboutSelf(new Date(now))));
