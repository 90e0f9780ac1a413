// Light, dark, or as the system has it.

import { t } from "./state.js";

const THEMES = ["system", "light", "dark"];
let theme = "system";

function remembered() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null;
  }
}

export function startTheme() {
  wear(THEMES.includes(remembered()) ? remembered() : "system");
}

export function nextTheme() {
  wear(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]);
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // Not remembered, then.
  }
}

function wear(name) {
  theme = name;
  if (name === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
}

export const themeIcon = () => ({ system: "auto", light: "sun", dark: "moon" })[theme];
export const themeName = () => t(`theme.${theme}`);
