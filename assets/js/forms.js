// A form is sent once; a page with words not yet sent asks before it is left.
let dirty = null;

export function guardForms() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog" || event.defaultPrevented) return;
    if (form.dataset.sent && form.method === "post") return event.preventDefault();
    dirty = null;
    if (form.method !== "post") return;
    giveKey(form);
    form.dataset.sent = "yes";
    // After this turn, so that the pressed button's own name and value are still sent.
    setTimeout(() => setButtons(form, true));
  });
  document.addEventListener("htmx:afterRequest", (event) => release(event.target.closest("form")));
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-keep]");
    if (form) dirty = form;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!dirty || !document.contains(dirty)) return;
    event.preventDefault();
    event.returnValue = document.getElementById("spoken").dataset.unsaved;
  });
}

function giveKey(form) {
  if (form.querySelector("[name=client_key]")) return;
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "client_key", value: makeKey() });
  form.append(field);
}

export function makeKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function setButtons(form, disabled) {
  for (const button of form.querySelectorAll("button:not([type=button])")) button.disabled = disabled;
}

function release(form) {
  if (!form) return;
  delete form.dataset.sent;
  setButtons(form, false);
}
