/** Minutes before the end of a session at which people are told (WCAG 2.2.1: at least 20 seconds to extend it). */
const WARN_BEFORE_SECONDS = 5 * 60;

/** Tells that the session is about to end, announced to screen readers, with one button that extends it. */
export function warnOfSessionEnd(region) {
  if (!region) return;
  const seconds = Number(region.dataset.seconds);
  let timer;
  const arm = () => {
    clearTimeout(timer);
    region.hidden = true;
    region.replaceChildren();
    timer = setTimeout(warn, Math.max(0, seconds - WARN_BEFORE_SECONDS) * 1000);
  };
  const warn = () => {
    const text = document.createElement('p');
    text.className = 'govuk-body';
    text.setAttribute('role', 'alert');
    text.textContent = 'You will be signed out in 5 minutes. What you saved is kept.';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'govuk-button govuk-!-margin-bottom-0';
    button.textContent = 'Stay signed in';
    button.addEventListener('click', extend);
    region.hidden = false;
    region.replaceChildren(text, button);
  };
  const extend = async () => {
    const answer = await fetch('/session/extend', { redirect: 'manual' }).catch(() => undefined);
    if (answer?.ok) arm();
    else
      region.querySelector('p').textContent =
        'You have been signed out. Sign in again in another tab before you go on.';
  };
  arm();
}
