// The worklist: one row is "at", any number are picked, the batch bar counts them.
const rows = () => [...document.querySelectorAll("[data-worklist] tbody tr")];
const boxes = () => [...document.querySelectorAll("[data-worklist] tbody input[type=checkbox]")];
const current = () => document.querySelector("[data-worklist] tr.at");

export function moveRow(step) {
  const all = rows();
  if (!all.length) return false;
  const from = all.indexOf(current());
  const to = Math.min(Math.max(from < 0 ? 0 : from + step, 0), all.length - 1);
  all.forEach((row, index) => row.classList.toggle("at", index === to));
  const link = all[to].querySelector(".title a, a");
  if (link) link.focus({ preventScroll: true });
  all[to].scrollIntoView({ block: "nearest" });
  return true;
}

export function pickRow() {
  const box = current() && current().querySelector("input[type=checkbox]");
  if (!box) return false;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

export function openRow() {
  const link = current() && current().querySelector(".title a, a");
  if (!link) return false;
  link.click();
  return true;
}

export function followPicks() {
  let last = null;
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick-all]")) boxes().forEach((box) => (box.checked = event.target.checked));
    if (event.target.closest("[data-worklist]")) countPicks();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.matches("[data-worklist] tbody input[type=checkbox]")) return;
    if (event.shiftKey && last) pickBetween(last, event.target);
    last = event.target;
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-pick-none]")) return;
    boxes().forEach((box) => (box.checked = false));
    countPicks();
  });
  document.addEventListener("htmx:afterSettle", countPicks);
  window.addEventListener("pageshow", countPicks);
  countPicks();
}

function pickBetween(from, to) {
  const all = boxes();
  const [first, last] = [all.indexOf(from), all.indexOf(to)].sort((a, b) => a - b);
  if (first >= 0) all.slice(first, last + 1).forEach((box) => (box.checked = to.checked));
}

function countPicks() {
  const all = boxes();
  const picked = all.filter((box) => box.checked);
  all.forEach((box) => box.closest("tr").classList.toggle("picked", box.checked));
  for (const head of document.querySelectorAll("[data-pick-all]")) {
    head.checked = picked.length > 0 && picked.length === all.length;
    head.indeterminate = picked.length > 0 && picked.length < all.length;
  }
  for (const bar of document.querySelectorAll("[data-batch]")) {
    bar.toggleAttribute("data-empty", picked.length === 0);
    bar.querySelector("[data-count]").textContent = picked.length;
    for (const button of bar.querySelectorAll("[data-move]")) button.hidden = !isOpen(button, picked);
  }
}

// A move is offered when every picked row allows it; merging leaves one row, the leader, out of that.
function isOpen(button, picked) {
  const able = picked.filter((box) => (box.closest("tr").dataset.moves || "").split(" ").includes(button.dataset.move)).length;
  return able > 0 && able >= picked.length - (button.hasAttribute("data-leaves-one") ? 1 : 0);
}
