import { runTimer } from './case-timer.mjs';
import { NoteKeeper } from './note-keeper.mjs';

const SAVE_AFTER_MS = 1_000;
const TRY_AGAIN_MS = 2_000;
const TELL_AFTER_MS = 1_500;
const PATIENCE_MS = 10_000;
const SAID = {
  kept: 'Everything you typed is kept',
  keeping: 'Keeping what you typed',
  waiting:
    'There is no connection. What you typed is not kept yet. Go on typing: it is kept when the connection is back',
  'signed-out': 'You have been signed out. Sign in again in another tab: what you typed is still here',
  refused: 'What you typed here cannot be kept. Copy it before you leave this page',
};

/** The screen of a case in session: kept as it is typed, and shown as others change it. Without it, everything is a form. */
export function keepSession(region) {
  if (!region) return;
  runTimer(region.querySelector('[data-module="app-case-timer"]'));
  if (region.dataset.signed !== 'yes') return;
  const line = new Line(region);
  const notes = region.querySelector('form[data-notes]');
  const keeper = notes && keptAsTyped(notes, region, line);
  listen(region, line, keeper);
  sendWhenReached(region, line, keeper);
  if (new URLSearchParams(window.location.search).get('done') === 'action') document.getElementById('what')?.focus();
}

/** The way to the server, which may be cut. */
class Line {
  constructor({ dataset }) {
    this.at = `${dataset.here}/notes`;
    this.token = document.querySelector('input[name="_csrf"]')?.value ?? '';
    this.back = new Set();
  }

  /** Resolves after a while, or as soon as there is a connection again. */
  pause() {
    return new Promise((resolve) => {
      this.back.add(resolve);
      setTimeout(resolve, TRY_AGAIN_MS);
    });
  }
  reached() {
    for (const resolve of this.back) resolve();
    this.back.clear();
  }

  async present() {
    const answer = await ask(`${this.at}/now`);
    if (!answer?.ok) return notDone(answer);
    const { csrf, ...present } = await answer.json();
    this.token = csrf;
    for (const input of document.querySelectorAll('input[name="_csrf"]')) input.value = csrf;
    return { status: 'present', ...present };
  }

  async send({ key, texts, version }) {
    const body = new URLSearchParams({ ...texts, _csrf: this.token, _key: key, _version: String(version) });
    const answer = await ask(this.at, { method: 'POST', body });
    if (answer?.ok) return { status: 'kept', ...(await answer.json()) };
    if (answer?.status === 400 || answer?.status === 401) {
      await this.present(); // in another tab they may have signed in again
      return { status: 'signed-out' };
    }
    return answer?.status === 409 ? { status: 'changed' } : notDone(answer);
  }
}

const ask = (url, options = {}) =>
  fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS), ...options }).catch(() => null);

/** Null is no answer: what was asked may have been done, and is asked again. */
function notDone(answer) {
  if (answer === null || answer.status === 429 || answer.status >= 500) return null;
  return { status: answer.type === 'opaqueredirect' || answer.status === 401 ? 'signed-out' : 'refused' };
}

function keptAsTyped(form, region, line) {
  const fields = [...form.querySelectorAll('textarea')];
  const status = form.querySelector('[role="status"]');
  const keeper = new NoteKeeper({
    page: {
      read: () => Object.fromEntries(fields.map(({ name, value }) => [name, value])),
      write: (texts) => fields.forEach((field) => replace(field, texts[field.name])),
    },
    server: line,
    pause: () => line.pause(),
    say: (state) => {
      region.dataset.notes = state;
      if (status.textContent !== SAID[state]) status.textContent = SAID[state];
    },
    newKey: () => window.crypto.randomUUID(),
    texts: JSON.parse(form.dataset.notes),
    version: Number(form.dataset.version),
  });
  let timer = null;
  form.addEventListener('input', () => {
    timer ??= setTimeout(() => {
      timer = null;
      void keeper.keep();
    }, SAVE_AFTER_MS);
  });
  window.addEventListener('beforeunload', (event) => {
    if (!keeper.settled) event.preventDefault();
  });
  return keeper;
}

/** Puts another text in a field where it differs, so that whoever types there stays where they are. */
function replace(field, text) {
  const was = field.value;
  if (was === text) return;
  let [start, end, toEnd] = [0, was.length, text.length];
  while (start < end && start < toEnd && was[start] === text[start]) start++;
  while (end > start && toEnd > start && was[end - 1] === text[toEnd - 1]) [end, toEnd] = [end - 1, toEnd - 1];
  field.setRangeText(text.slice(start, toEnd), start, end, 'preserve');
}

function listen(region, line, keeper) {
  const lookAgain = () => {
    line.reached();
    void keeper?.lookAgain();
    void showAnew(region);
  };
  const source = new window.EventSource(`${region.dataset.here}/changes?since=${region.dataset.since}`);
  let [opened, closed] = [false, false];
  source.addEventListener('open', () => {
    if (opened) lookAgain();
    opened = true;
    region.dataset.live = 'yes';
  });
  source.addEventListener('changed', ({ data }) => {
    const [what, version] = data.split(' ');
    if (what === 'notes' && keeper) void keeper.heard(Number(version));
    else void showAnew(region);
  });
  window.addEventListener('online', lookAgain);
  window.addEventListener('pageshow', ({ persisted }) => persisted && lookAgain());
  window.addEventListener('pagehide', () => (closed = true));
  // A browser gives up for good when it is answered with anything but a stream: then we ask now and then.
  setInterval(() => !closed && source.readyState === window.EventSource.CLOSED && lookAgain(), 10 * TRY_AGAIN_MS);
}

/** Shows what others changed, where nobody's hand is. A decision changes the whole page, and is only told of. */
async function showAnew(region) {
  const answer = await ask(`${region.dataset.here}?live`);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (fresh.querySelector('[data-module="app-session"]')?.dataset.state !== region.dataset.state)
    tellOfDecision(region);
  for (const part of region.querySelectorAll('[data-part]')) {
    const now = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    if (now && !part.contains(document.activeElement)) part.replaceChildren(...now.childNodes);
  }
}

function tellOfDecision(region) {
  const link = document.createElement('a');
  link.className = 'govuk-link';
  link.href = region.dataset.here;
  link.textContent = 'Show it as it is now';
  const text = document.createElement('p');
  text.className = 'govuk-inset-text';
  text.append('Somebody else has taken this case on. ', link);
  region.querySelector('[data-told]')?.replaceChildren(text);
}

/** A form of the page goes once the notes are kept and the server can be reached: no page of an error takes what was typed. */
function sendWhenReached(region, line, keeper) {
  const goes = new WeakSet();
  region.addEventListener('submit', async (event) => {
    const { target: form, submitter } = event;
    if (goes.has(form)) return;
    event.preventDefault();
    if (form.dataset.notes !== undefined) return void keeper.keep();
    if (form.dataset.waits) return;
    form.dataset.waits = 'yes';
    const waits = setTimeout(
      () => tell(form, 'This is not sent yet. It is sent when there is a connection'),
      TELL_AFTER_MS,
    );
    await keeper?.keep();
    while ((await line.present()) === null) await line.pause();
    clearTimeout(waits);
    goes.add(form);
    form.requestSubmit(submitter);
  });
}

function tell(form, words) {
  const status = form.querySelector('[role="status"]') ?? form.appendChild(document.createElement('p'));
  status.className = 'govuk-body';
  status.setAttribute('role', 'status');
  if (status.textContent !== words) status.textContent = words;
}
