// Building elements. Every string becomes a text node: nothing anybody wrote is ever markup.
// What is invisible or stacks up was taken out before it came here.

export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name === "value" || name === "checked" || name === "hue") set(element, name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  add(element, children);
  return element;
}

function set(element, name, value) {
  if (name === "hue") element.style.setProperty("--hue", value);
  else element[name] = value;
}

export function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false || child === "") continue;
    element.append(child);
  }
  return element;
}

export function fill(element, ...children) {
  element.replaceChildren();
  return add(element, children);
}

export const byId = (id) => document.getElementById(id);

let made = 0;
export const newId = (word) => `${word}-${++made}`;

const PATHS = {
  hash: "M9 4 7 20M17 4l-2 16M4.500 9h16M3.500 15h16",
  lock: "M6.500 11h11v8.500h-11zM9 11V8a3 3 0 0 1 6 0v3",
  shield: "M12 3.500 19 6v5.500c0 4.500-3 7.500-7 9-4-1.500-7-4.500-7-9V6z",
  people: "M9 11a3.200 3.200 0 1 0 0-6.400A3.200 3.200 0 0 0 9 11ZM3.500 19c.4-3.400 2.500-5 5.500-5s5.100 1.600 5.500 5M16 5a3 3 0 0 1 0 5.800M17 14.200c2 .5 3.200 2.100 3.500 4.800",
  plus: "M12 5v14M5 12h14",
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "m6 6 12 12M18 6 6 18",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.500V12l3 2",
  play: "M8 5.500v13l10.500-6.500z",
  pause: "M8.500 5.500v13M15.500 5.500v13",
  moon: "M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500Z",
  sun: "M12 16.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9ZM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400",
  auto: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 3v18M12 7h6M12 12h9M12 17h6",
  send: "M4.500 12 20 4.500l-4.500 15-3.500-6zM12 13.500l8-9",
  reply: "M10 7 4.500 12 10 17M5 12h9c3.500 0 5.500 2 5.500 6",
  file: "M7 3.500h7l4 4v13H7zM14 3.500v4h4",
  check: "m5 12.500 4.500 4.500L19 7.500",
  list: "M9.500 6.500h10M9.500 12h10M9.500 17.500h10M4.500 6.500l1 1 1.800-2M4.500 12l1 1 1.800-2M4.500 17.500l1 1 1.800-2",
  edit: "m5 16 10.500-10.500 3 3L8 19H5z",
  chevron: "m8 10 4 4 4-4",
  skip: "M5 6v12l8-6zM14 6v12M18.500 6v12",
  bed: "M3.500 18v-12M3.500 15h17v3M20.500 15v-2.500a3 3 0 0 0-3-3H10V15M6.800 12a1.600 1.600 0 1 0 0-3.200 1.600 1.600 0 0 0 0 3.200Z",
  eye: "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onclick, attributes = {}) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...attributes }, icon(name));
}
