// A long list of boxes is narrowed by what is typed above it: <input data-narrows="id of the list">. Ticked boxes stay in sight.
export function followNarrowing() {
  document.addEventListener("input", (event) => {
    const list = event.target.dataset && event.target.dataset.narrows && document.getElementById(event.target.dataset.narrows);
    if (!list) return;
    const wanted = event.target.value.trim().toLowerCase();
    for (const label of list.querySelectorAll("label")) {
      label.hidden = !label.textContent.toLowerCase().includes(wanted) && !label.querySelector("input").checked;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-narrows]")) event.preventDefault();
  });
}
