// htmx comes with the first touch, key or pointer. Until then links and forms work by themselves, and the page is drawn sooner.
const signs = ["pointerover", "touchstart", "focusin", "keydown"];

export function bringHtmx(address) {
  const bring = () => {
    signs.forEach((sign) => document.removeEventListener(sign, bring));
    // htmx looks over the page at once only when the page is complete.
    if (document.readyState === "complete") load(address);
    else window.addEventListener("load", () => load(address), { once: true });
  };
  signs.forEach((sign) => document.addEventListener(sign, bring, { passive: true }));
  // A page that asks by itself how far something is cannot wait for a hand.
  if (document.querySelector("[hx-trigger^='every']")) bring();
}

function load(address) {
  const script = document.createElement("script");
  script.src = address;
  document.head.append(script);
}
