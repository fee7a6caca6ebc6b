// What the person is told when a request of htmx got no answer, or a broken one.
export function tellTroubles() {
  const box = document.getElementById("spoken");
  if (!box) return;
  const tell = (words) => {
    box.textContent = words;
    box.classList.add("shown");
    clearTimeout(tell.timer);
    tell.timer = setTimeout(() => box.classList.remove("shown"), 8000);
  };
  document.addEventListener("htmx:sendError", () => tell(box.dataset.offline));
  document.addEventListener("htmx:timeout", () => tell(box.dataset.offline));
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status >= 500) tell(box.dataset.broken);
  });
}
