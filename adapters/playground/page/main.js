// Puts the parts together: what the server says changes the state, and the state is drawn.

import "./actions.js";
import { drawClock } from "./clock.js";
import { drawComposer } from "./composer.js";
import { byId, fill } from "./dom.js";
import { showForm } from "./form.js";
import { drawGuide } from "./guide.js";
import { closeSide, drawSide, drawTop } from "./side.js";
import { connect, greet } from "./socket.js";
import { kept, on, state, t, tell } from "./state.js";
import { startTheme } from "./theme.js";
import { enter } from "./timeline.js";

let going = null; // {id, room, resolve}: who is to be acted as, until the server agrees

function stand({ people, rooms, steps }) {
  state.people = new Map(people.map((one) => [one.id, one]));
  state.rooms = rooms;
  state.steps = steps;
}

on("hello", (frame) => {
  const again = frame.as === state.as; // the connection was lost meanwhile, and nothing else
  const forgotten = !again && !going && state.as !== "";
  const last = [...state.messages.values()].filter((one) => one.only && one.view).at(-1);
  Object.assign(state, { as: frame.as, language: frame.language, languages: frame.languages, words: frame.words, commands: frame.commands });
  document.documentElement.lang = frame.language;
  kept.set("as", frame.as);
  fill(byId("skip"), t("skip"));
  stand(frame);
  const wanted = going?.room || state.room || kept.get("room");
  const arrived = going;
  going = null;
  enter(wanted ?? "welcome");
  if (!again) closeSide();
  arrived?.resolve();
  if (forgotten && last) tell("farewell", last.view);
});

on("become", (where) => {
  going = where;
  greet(where.id);
});

on("standing", (frame) => {
  const before = state.rooms.find((one) => one.id === state.room);
  stand(frame);
  const here = state.rooms.find((one) => one.id === state.room);
  if (!here) enter("welcome");
  else if (before && before.open !== here.open) drawComposer();
  drawSide();
  drawTop();
  drawGuide();
});

on("direct", (frame) => {
  stand(frame);
  enter(frame.room);
});

on("afresh", () => greet(state.as));
on("enter", enter);
on("form", ({ form, origin }) => showForm(form, origin));

let composing = ""; // for whom and where the composer was drawn: a lost connection leaves it be

on("room", () => {
  drawSide();
  drawTop();
  const here = [state.as, state.room, state.language].join();
  if (here !== composing) drawComposer();
  composing = here;
  drawGuide();
  drawClock();
  if (matchMedia("(min-width: 861px)").matches && !document.querySelector("dialog[open]")) byId("composer").querySelector("textarea")?.focus();
});

on("online", () => {
  const place = byId("offline");
  place.hidden = state.online || !state.as;
  fill(place, state.online ? "" : t("offline"));
});

startTheme();
connect();
