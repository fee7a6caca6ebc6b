// One place that speaks to the person, read out by screen readers too.
const find = () => document.getElementById("spoken");

export function say(key, parts = {}) {
  const box = find();
  if (!box) return;
  box.textContent = (box.dataset[key] || "").replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  box.classList.add("shown");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => box.classList.remove("shown"), 8000);
}

export const word = (key) => (find() && find().dataset[key]) || "";
