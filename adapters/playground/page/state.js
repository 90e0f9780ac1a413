// What the page knows, and who wants to hear when it changes.

export const state = {
  as: "", // the persona acted as
  room: "", // the room looked at
  thread: "", // the message whose replies are shown beside it
  language: "en",
  languages: ["en"],
  words: {},
  commands: [],
  people: new Map(), // by id, in the order they came
  rooms: [],
  steps: [],
  messages: new Map(), // of the room looked at, by id
  whole: false, // whether its beginning has been reached
  now: new Date(),
  doing: "", // the move of the clock that is under way
  online: false,
};

const listeners = new Map();

export function on(name, listener) {
  if (!listeners.has(name)) listeners.set(name, []);
  listeners.get(name).push(listener);
}

export function tell(name, value) {
  for (const listener of listeners.get(name) ?? []) listener(value);
}

export const me = () => state.people.get(state.as);
export const room = (id = state.room) => state.rooms.find((one) => one.id === id);

export function t(key, values = {}) {
  const sentence = state.words[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

// What this tab remembers until it is closed; another tab may be somebody else.
export const kept = {
  get(key) {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(value));
    } catch {
      // A full or forbidden store: what is typed is then kept only while the page is open.
    }
  },
};
