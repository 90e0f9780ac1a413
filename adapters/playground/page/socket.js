// The one connection. What asks for an answer is sent again, under the same id, until it has one:
// the server does a thing asked for twice once.

import { kept, state, tell } from "./state.js";

const WAITS = [250, 500, 1000, 2000, 3000]; // milliseconds between tries to connect
const TOO_BIG = 200_000; // characters of a frame that a tab's memory is not troubled with

let socket = null;
let tries = 0;
let greeted = false;
const pending = new Map(); // id -> frame
const waiting = new Map(); // id -> who waits for its answer

export function connect() {
  for (const frame of kept.get("pending") ?? []) pending.set(frame.id, frame);
  open();
}

function newEventId() {
  return crypto.randomUUID();
}

// Sends a frame that nobody waits for; lost without a connection.
export function send(frame) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
}

// Sends a frame until it is answered; resolves with the reply.
export function ask(frame) {
  const asked = { id: newEventId(), ...frame };
  pending.set(asked.id, asked);
  remember();
  if (greeted) send(asked);
  return new Promise((resolve) => waiting.set(asked.id, resolve));
}

export function greet(as) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  send({ kind: "hello", as, zone: timeZone ?? "UTC", language: navigator.language || "en" });
}

function open() {
  socket = new WebSocket(`ws://${location.host}/socket`);
  socket.addEventListener("open", () => greet(state.as || kept.get("as") || ""));
  socket.addEventListener("message", (event) => take(JSON.parse(event.data)));
  socket.addEventListener("close", lost);
}

function take(frame) {
  if (frame.kind === "hello") {
    tries = 0;
    state.online = true;
    tell("online");
    tell("hello", frame);
    if (!greeted) {
      greeted = true;
      for (const one of pending.values()) send(one);
    }
  } else if (frame.kind === "answered") {
    const frames = pending.get(frame.id);
    pending.delete(frame.id);
    remember();
    const resolve = waiting.get(frame.id);
    waiting.delete(frame.id);
    if (resolve) resolve(frame.reply);
    else if (frames) tell("late", { asked: frames, reply: frame.reply });
  } else {
    tell(frame.kind, frame);
  }
}

function lost() {
  greeted = false;
  state.online = false;
  tell("online");
  setTimeout(open, WAITS[Math.min(tries++, WAITS.length - 1)]);
}

function remember() {
  const frames = [...pending.values()].filter((one) => (one.content?.length ?? 0) < TOO_BIG);
  kept.set("pending", frames.length ? frames : null);
}
