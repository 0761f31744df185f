// The one entry of the browser. Everything works without it; it only adds comfort.
import { initAll as initGovuk } from './govuk-frontend.js';
import { initAll as initMoj } from './moj-frontend.js';
import { tellOfChanges } from './live-updates.js';
import { warnOfSessionEnd } from './session-warning.js';

initGovuk();
initMoj();
warnOfSessionEnd(document.querySelector('[data-module="app-session-warning"]'));
tellOfChanges(document.querySelector('[data-module="app-live-updates"]'));
