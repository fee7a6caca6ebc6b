// A tap counts once. Without network the form waits on this phone and goes out later with the same client key, so that the
// server takes it at most once: <form data-offline>. Files wait too, as long as the page stays open.
import { drop } from "./drafts.js";
import { say } from "./say.js";

const AGAIN = 15000;
let arrived = false;

export function guardForms() {
  for (const form of document.querySelectorAll("form[method=post]")) form.addEventListener("submit", (event) => send(event, form));
}

export function followNetwork() {
  window.addEventListener("online", resend);
  // Going back to the form after its receipt was shown in place needs the real page again (a jump inside a page does not).
  window.addEventListener("popstate", () => arrived && location.reload());
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
}

function send(event, form) {
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => setButtons(form, true));
  if (form.hasAttribute("data-offline") && window.fetch) {
    event.preventDefault();
    post(form, event.submitter);
  } else say("sending");
}

async function post(form, button) {
  say("sending");
  const body = new FormData(form);
  if (button && button.name) body.append(button.name, button.value);
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
  } catch (error) {
    // A weak line fails without ever being called offline: the button works again, and the form tries again by itself.
    form.dataset.waiting = "yes";
    delete form.dataset.sent;
    setButtons(form, false);
    setTimeout(resend, AGAIN);
    return say("saved");
  }
  delete form.dataset.waiting;
  if (answer.redirected) {
    if (form.dataset.draft) drop(form.dataset.draft);
    arrived = true;
    history.pushState(null, "", answer.url);
  }
  show(await answer.text());
}

function show(page) {
  // The answer is our own server's page (a receipt, or errors beside the fields): it takes the place of this one without
  // being asked for twice, since a receipt may be shown only once.
  const drawn = new DOMParser().parseFromString(page, "text/html");
  document.title = drawn.title;
  document.body.replaceWith(document.adoptNode(drawn.body));
  scrollTo(0, 0);
  const first = document.querySelector(".errors, #main");
  if (first) first.focus();
  document.dispatchEvent(new Event("huiyin:page"));
}

function resend() {
  for (const form of document.querySelectorAll("form[data-waiting]:not([data-sent])")) {
    form.dataset.sent = "yes";
    setButtons(form, true);
    say("resending");
    post(form);
  }
}

function setButtons(form, disabled) {
  for (const button of form.querySelectorAll("button:not([type=button])")) button.disabled = disabled;
}

function release(form) {
  delete form.dataset.sent;
  setButtons(form, false);
}
