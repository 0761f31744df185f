// The one entry of the browser. Everything works without it; it only adds comfort.
import { initAll as initGovuk } from './govuk-frontend.js';
import { initAll as initMoj } from './moj-frontend.js';
import { dragToOrder } from './agenda-order.mjs';
import { tellOfChanges } from './live-updates.mjs';
import { tellOfSending } from './sending.mjs';
import { keepSession } from './session-screen.mjs';
import { warnOfSessionEnd } from './session-warning.mjs';

initGovuk();
initMoj();
dragToOrder(document.querySelector('[data-module="app-agenda"]'));
warnOfSessionEnd(document.querySelector('[data-module="app-session-warning"]'));
keepSession(document.querySelector('[data-module="app-session"]'));
tellOfSending(document.querySelectorAll('form[enctype="multipart/form-data"]'));
tellOfChanges(document.querySelector('[data-module="app-live-updates"]'));
