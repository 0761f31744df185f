import { merged } from './merge.mjs';

/**
 * Keeps what somebody types until the server has acknowledged it, and joins it with what others type. One save is under way at
 * a time. A save without an answer is sent again as it was, under the same key, so that it counts once; one that came after
 * somebody else's is merged with theirs and sent anew.
 *
 * `page`: read() and write(texts); `server`: send({ key, texts, version }) and present(), which answer null when there was no
 * answer; `pause()` resolves when it is worth trying again; `say(state)` is told kept, keeping, waiting, signed-out or refused.
 */
export class NoteKeeper {
  constructor({ page, server, pause, say, newKey, texts, version }) {
    Object.assign(this, { page, server, pause, say, newKey, version });
    /** What is known to be kept by the server in `version`. */
    this.known = texts;
    this.sending = null;
    this.behind = false;
    this.running = null;
  }

  /** Whether everything that is on the page is kept. */
  get settled() {
    return this.sending === null && same(this.page.read(), this.known);
  }

  /** Resolves once everything is kept, or was refused. */
  keep() {
    this.running ??= this.run().finally(() => (this.running = null));
    return this.running;
  }

  /** Somebody has kept a version; what is known of it may be older than what they have. */
  heard(version) {
    if (version <= this.version) return Promise.resolve();
    this.behind = true;
    return this.keep();
  }

  /** Asks for what others kept, when nobody told: after a connection was lost. */
  lookAgain() {
    this.behind = true;
    return this.keep();
  }

  async run() {
    for (;;) {
      if (this.sending === null && this.behind) {
        if (!(await this.catchUp())) return;
      } else if (this.settled) {
        return this.say('kept');
      } else if (!(await this.save())) return;
    }
  }

  /** False when it was refused for good. */
  async save() {
    this.sending ??= { key: this.newKey(), texts: { ...this.page.read() }, version: this.version };
    this.say('keeping');
    const answer = await this.server.send(this.sending);
    if (answer === null || answer.status === 'signed-out') return this.wait(answer);
    const { texts } = this.sending;
    this.sending = null;
    if (answer.status === 'kept') {
      this.known = texts;
      this.version = answer.version;
      return true;
    }
    if (answer.status === 'changed') {
      this.behind = true;
      return true;
    }
    this.say('refused');
    return false;
  }

  async catchUp() {
    const present = await this.server.present();
    if (present === null || present.status === 'signed-out') return this.wait(present);
    if (present.status === 'refused' || (!present.open && !this.settled)) {
      this.behind = false;
      this.say('refused');
      return false;
    }
    this.behind = false;
    if (present.version > this.version) {
      const mine = this.page.read();
      const joined = {};
      for (const name of Object.keys(this.known))
        joined[name] = merged(this.known[name], mine[name], present.texts[name]);
      this.page.write(joined);
      this.known = present.texts;
      this.version = present.version;
    }
    return true;
  }

  async wait(answer) {
    this.say(answer?.status ?? 'waiting');
    await this.pause();
    return true;
  }
}

const same = (one, other) => Object.keys(other).every((name) => one[name] === other[name]);
