// A text input with a list of suggestions: arrows choose, Enter or Tab takes, Escape closes.

import { fill, h, newId } from "./dom.js";

let pressed = false; // whether a mouse button or a finger is down
const PRESSING = { capture: true, passive: true };
addEventListener("pointerdown", () => (pressed = true), PRESSING);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (pressed = false), PRESSING);

// `find(typed)` gives options {value, label, hint, before} (or a promise of them); `take(option)`
// is called with the chosen one. Returns {list, close, refresh, active}.
export function combobox(input, { find, take, label, first = true, always = false }) {
  const id = newId("list");
  const list = h("ul", { id, class: "options", role: "listbox", "aria-label": label, hidden: true });
  let options = [];
  let at = -1;
  let asked = 0;

  Object.entries({
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-controls": id,
    "aria-expanded": "false",
  }).forEach(([name, value]) => input.setAttribute(name, value));

  async function refresh() {
    const number = ++asked;
    const found = await find(input.value);
    if (number !== asked) return;
    options = found;
    at = first && options.length ? 0 : -1;
    draw();
  }

  function draw() {
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    fill(
      list,
      options.map((option, index) =>
        h(
          "li",
          {
            id: `${id}-${index}`,
            role: "option",
            "aria-selected": String(index === at),
            onpointerdown: (event) => {
              event.preventDefault();
              choose(index);
            },
          },
          option.before?.(),
          h("span", { class: "option-label" }, option.label),
          option.hint ? h("span", { class: "option-hint" }, option.hint) : null,
        ),
      ),
    );
    mark();
  }

  function mark() {
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    if (at >= 0 && !list.hidden) {
      input.setAttribute("aria-activedescendant", `${id}-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    asked++;
    options = [];
    at = -1;
    draw();
  }

  // A list that folds away while the button is down would pull what is being clicked from under it.
  function leave() {
    if (!pressed) return close();
    const released = () => setTimeout(() => document.activeElement !== input && close());
    addEventListener("pointerup", released, { once: true });
    addEventListener("pointercancel", released, { once: true });
  }

  function choose(index) {
    const option = options[index];
    close();
    take(option);
  }

  input.addEventListener("input", refresh);
  if (always) input.addEventListener("click", refresh);
  input.addEventListener("blur", leave);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (list.hidden) {
      if (always && event.key === "ArrowDown") refresh();
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      at = (at + step + options.length) % options.length;
      mark();
    } else if ((event.key === "Enter" || event.key === "Tab") && at >= 0 && !event.shiftKey) {
      event.preventDefault();
      event.stopImmediatePropagation();
      choose(at);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopImmediatePropagation();
      close();
    }
  });
  return { list, close, refresh, get open() { return !list.hidden; } };
}
