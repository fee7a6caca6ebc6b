// Parts of a form that belong to one choice show only while it is chosen: data-when="name=value value".
export function followChoices() {
  document.addEventListener("change", (event) => {
    if (event.target.form) update(event.target.form);
  });
  document.addEventListener("htmx:afterSettle", showChoices);
  window.addEventListener("pageshow", showChoices);
  showChoices();
}

export function showChoices() {
  document.querySelectorAll("form").forEach(update);
}

function update(form) {
  for (const part of form.querySelectorAll("[data-when]")) {
    const [name, values] = part.dataset.when.split("=");
    const shown = values.split(" ").includes(valueOf(form, name));
    part.hidden = !shown;
    // A field that is not shown must neither be required nor be sent.
    for (const field of part.querySelectorAll("input, select, textarea")) field.disabled = !shown;
  }
}

function valueOf(form, name) {
  const field = form.elements.namedItem(name);
  if (!field) return "";
  if (field.type === "checkbox") return field.checked ? field.value : "";
  return field.value || "";
}
