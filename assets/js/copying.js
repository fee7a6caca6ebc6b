// A button that copies a field: <button data-copies="field id" data-copied="words" hidden>. Without script the field is selected by hand.
export function offerCopies() {
  for (const button of document.querySelectorAll("[data-copies]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(document.getElementById(button.dataset.copies), button));
  }
}

async function copy(field, button) {
  field.select();
  try {
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
    else document.execCommand("copy");
    button.lastElementChild.textContent = button.dataset.copied;
  } catch (error) {
    // The field stays selected: the person copies it by hand.
  }
}
