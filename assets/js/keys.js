// / finds, ? tells the keys, J K move, X picks, Enter opens, A accepts what is suggested.
import { moveRow, openRow, pickRow } from "./worklist.js";

const acts = {
  "/": () => focusSearch(),
  "?": () => showKeys(),
  j: () => moveRow(1),
  k: () => moveRow(-1),
  x: () => pickRow(),
  a: () => pressKey("a"),
  Enter: () => openRow(),
};

export function followKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    const act = acts[event.key] || acts[event.key.toLowerCase()];
    if (act && !document.querySelector("dialog[open]") && act()) event.preventDefault();
  });
}

function isTyping(target) {
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return target.matches("input") && !["checkbox", "radio", "button", "submit"].includes(target.type);
}

function focusSearch() {
  const field = document.querySelector("[data-find]");
  if (field) field.select();
  return Boolean(field);
}

function pressKey(key) {
  const button = document.querySelector(`[data-key="${key}"]`);
  if (button) button.click();
  return Boolean(button);
}

function showKeys() {
  const dialog = document.getElementById("keys");
  if (!dialog || !dialog.showModal) return false;
  dialog.showModal();
  return true;
}
