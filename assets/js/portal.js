// The citizens' script: drafts, photos, sending once, sending again when the network is back. Pages work without it.
import { followChoices, showChoices } from "./choices.js";
import { offerCopies } from "./copying.js";
import { keepDrafts } from "./drafts.js";
import { offerFilters } from "./filters.js";
import { showPhotos } from "./photos.js";
import { followNetwork, guardForms } from "./sending.js";

function start() {
  showChoices();
  keepDrafts();
  showPhotos();
  guardForms();
  offerCopies();
  offerFilters();
}

document.documentElement.classList.add("scripted");
followChoices();
followNetwork();
start();
// A page that came as the answer to a form takes the place of this one, and starts anew.
document.addEventListener("huiyin:page", start);
