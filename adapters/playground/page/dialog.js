// Dialogs: the browser's own <dialog>, which keeps the focus inside and closes on Escape.

import { add, byId, h, iconButton, newId } from "./dom.js";
import { t } from "./state.js";

// Opens a dialog. Returns {element, close}; focus goes back to where it was.
export function dialog(title, children, { closed = () => {}, wide = false } = {}) {
  const heading = newId("heading");
  const before = document.activeElement;
  const close = () => element.close();
  const element = h(
    "dialog",
    { "aria-labelledby": heading, class: wide ? "wide" : "" },
    h("div", { class: "dialog-head" }, h("h2", { id: heading }, title), iconButton("close", t("close"), close)),
    add(h("div", { class: "dialog-body" }), children),
  );
  // Only a press that begins and ends outside closes: marking words with the mouse may end there.
  let outside = false;
  element.addEventListener("pointerdown", (event) => (outside = event.target === element));
  element.addEventListener("click", (event) => outside && event.target === element && close());
  element.addEventListener("close", () => {
    element.remove();
    closed();
    const back = before?.isConnected ? before : byId("composer").querySelector("textarea, input");
    // Focused in the same breath, Chromium now and then gives a text box no place to type at.
    back?.blur();
    requestAnimationFrame(() => {
      if (!document.querySelector("dialog[open]")) back?.focus();
    });
  });
  document.body.append(element);
  element.showModal();
  (element.querySelector("[autofocus], .dialog-body :is(input, textarea, select, button):not([hidden])") ?? element).focus();
  return { element, close };
}

export function toast(words) {
  const note = h("div", { class: "toast" }, words);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), 7000);
}
