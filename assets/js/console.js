// The staff's script: the small things that make the keyboard quick, and htmx when it is needed. Every page works without it.
import { bringHtmx } from "./later.js";
import { guardForms } from "./forms.js";
import { openDialogs } from "./dialogs.js";
import { followKeys } from "./keys.js";
import { tellTroubles } from "./troubles.js";
import { followPicks } from "./worklist.js";
import { followChoices } from "./choices.js";
import { followNarrowing } from "./narrowing.js";
import { followDesk } from "./desk.js";
import { followVouchers } from "./voucher.js";

document.documentElement.classList.add("scripted");
bringHtmx(document.currentScript.dataset.htmx);
openDialogs();
followKeys();
followPicks();
guardForms();
followChoices();
followNarrowing();
followDesk();
followVouchers();
tellTroubles();
