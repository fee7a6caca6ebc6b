// htmx is configured by the meta tag of the frame; it is kept on the window for its own use only.
import htmx from "htmx.org/dist/htmx.esm.js";

window.htmx = htmx;
