// What was typed is kept on this phone until it is sent: <form data-draft="report">. Secrets and files are not kept.
// The client key stays with it: when an answer was lost on the way, sending the draft again does not act twice.
import { say } from "./say.js";

const life = 7 * 24 * 3600 * 1000;
const keyOf = (form) => `huiyin-draft-${form.dataset.draft}`;
const kept = (field) => field.name && !["hidden", "file", "password", "submit"].includes(field.type) && !field.hasAttribute("data-secret");

const keyField = (form) => form.querySelector("[name=client_key]") || {};

export function keepDrafts() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    restore(form);
    let timer;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => save(form), 400);
    });
    window.addEventListener("pagehide", () => {
      clearTimeout(timer);
      if (document.contains(form) && !form.dataset.sent) save(form);
    });
  }
  for (const done of document.querySelectorAll("[data-draft-done]")) drop(done.dataset.draftDone);
}

function save(form) {
  const values = [];
  for (const field of form.elements) {
    if (!kept(field)) continue;
    if (["radio", "checkbox"].includes(field.type) ? field.checked : field.value) values.push([field.name, field.value]);
  }
  try {
    if (values.length) localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), key: keyField(form).value, values }));
    else localStorage.removeItem(keyOf(form));
  } catch (error) {
    // A full or forbidden store only means that there is no draft.
  }
}

function read(form) {
  try {
    const draft = JSON.parse(localStorage.getItem(keyOf(form)));
    return draft && Date.now() - draft.at < life ? draft : null;
  } catch (error) {
    return null;
  }
}

function restore(form) {
  // The server's own values win: a page drawn again with errors already holds what was typed.
  if (form.hasAttribute("data-filled")) return;
  const draft = read(form);
  if (!draft) return;
  if (draft.key) keyField(form).value = draft.key;
  let found = false;
  for (const [name, value] of draft.values) found = put(form, name, value) || found;
  if (found) say("draft");
}

function put(form, name, value) {
  for (const field of form.elements) {
    if (field.name !== name || !kept(field)) continue;
    if (["radio", "checkbox"].includes(field.type)) {
      if (field.value !== value || field.checked) continue;
      field.checked = true;
    } else {
      if (field.value === value) continue;
      field.value = value;
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }
  return false;
}

export function drop(name) {
  try {
    localStorage.removeItem(`huiyin-draft-${name}`);
  } catch (error) {
    // Nothing was kept.
  }
}
