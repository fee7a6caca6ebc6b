// The desk where calls are registered: Enter goes on, Ctrl+Enter sends, Alt+1… says how it ends, Alt+Shift+1… takes a category.
export function followDesk() {
  document.addEventListener("keydown", (event) => {
    const form = document.querySelector("form[data-desk]");
    if (form && !event.isComposing && !document.querySelector("dialog[open]") && act(event, form)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fills]");
    if (button) fill(event, button);
    if (event.target.matches("[data-select]")) event.target.select();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("select[data-words]")) writeWords(event.target);
  });
}

function act(event, form) {
  const within = form.contains(event.target);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return within && press(form.querySelector("[data-send]"));
  if (event.altKey && /^Digit[1-9]$/.test(event.code)) {
    const at = Number(event.code.slice(5)) - 1;
    return event.shiftKey ? press(form.querySelectorAll("#chips button")[at]) : choose(form, at);
  }
  return event.key === "Enter" && within && isLine(event.target) && goOn(form, event.target);
}

function press(button) {
  if (button) button.click();
  return Boolean(button);
}

function choose(form, at) {
  const radio = form.querySelectorAll("[name=finish]")[at];
  if (!radio) return false;
  radio.click();
  const first = form.querySelector(`[data-when="finish=${radio.value}"]`);
  (first ? first.querySelector("input, select, textarea") : radio).focus();
  return true;
}

const isLine = (field) => field.matches("input:not([type=file]):not([type=submit])");

function goOn(form, field) {
  const stops = [...form.querySelectorAll("input, select, textarea, [data-send]")].filter((one) => one.type !== "hidden" && one.tabIndex >= 0 && !one.disabled && one.offsetParent);
  const next = stops.slice(stops.indexOf(field) + 1).find((one) => one.name !== field.name || one.type !== "radio");
  if (next) next.focus();
  return true;
}

// data-fills="name=value&name=value": the button does by itself what it would ask of the server without script.
function fill(event, button) {
  const form = button.closest("form");
  event.preventDefault();
  for (const [name, value] of new URLSearchParams(button.dataset.fills)) {
    for (const field of form.querySelectorAll(`[name="${name}"]`)) {
      if (field.type === "radio") field.checked = field.value === value;
      else field.value = value;
      if (field.type !== "radio" || field.checked) field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
}

function writeWords(select) {
  const field = document.getElementById(select.dataset.words);
  const known = [...select.options].map((option) => option.dataset.words);
  if (!field.value.trim() || known.includes(field.value)) field.value = select.selectedOptions[0].dataset.words || "";
}
