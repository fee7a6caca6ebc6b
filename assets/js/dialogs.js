// Dialogs open as modals where the browser can; without script the same link shows them by :target.
export function openDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) open(event, opener);
    const closer = event.target.closest("[data-closes]");
    if (closer) close(event, closer);
    closeMenus(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (location.hash === "#nav") location.hash = "main";
    closeMenus(document.body);
  });
}

function open(event, opener) {
  const dialog = document.getElementById(opener.dataset.opens);
  if (!dialog || !dialog.showModal || dialog.open) return;
  event.preventDefault();
  dialog.showModal();
}

function close(event, closer) {
  const dialog = closer.closest("dialog");
  if (!dialog || !dialog.open) return;
  event.preventDefault();
  dialog.close();
}

function closeMenus(target) {
  for (const menu of document.querySelectorAll("details.who[open]")) if (!menu.contains(target)) menu.open = false;
}
