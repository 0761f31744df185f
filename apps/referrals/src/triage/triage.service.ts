import {
  InformationRequested,
  InformationReturned,
  Invalid,
  NoteAdded,
  newId,
  ReferralAssigned,
  ReferralRated,
} from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { last } from '../history';
import { Practice } from '../practice';
import * as referral from '../referral';
import type { Received } from '../referrals.repository';
import { Assignees } from './assignees.repository';
import { Changes } from './changes';
import { CHANGES } from './pipeline';

/** Triage up to the decision: colours, who works on it, notes, and asking the referrer for more. */
@Injectable()
export class TriageService {
  constructor(
    private readonly changes: Changes,
    private readonly practice: Practice,
    private readonly assignees: Assignees,
  ) {}

  rate(call: Call, id: string) {
    return this.changes.make(call, id, CHANGES.rate, (tx, r, asked, doing) => {
      const pathway = this.practice.pathwayOf(r);
      const scheme = this.practice.schemeOf(pathway);
      const colour = scheme.colours.find((c) => c.code === asked.colour);
      if (!colour) throw new Invalid([{ field: 'colour', code: 'not-in-list', message: 'Select one of the colours' }]);
      const anchor = last(r.entries, 'reopened')?.at; // a round of triage has the time that its colour allows
      const limit = this.practice.decideBy(pathway, colour.code, anchor ? new Date(anchor) : r.receivedAt);
      const entry = referral.rate(
        r,
        asked,
        {
          dueAt: limit?.dueAt.toISOString() ?? null,
          scheme: scheme.code,
          rule: limit?.rule ?? null,
          pack: this.practice.stamp,
        },
        doing,
      );
      if (!entry) return null;
      tx.about({
        decision: entry.colour,
        ...(limit ? { rule: limit.rule } : {}),
        detail: { from: entry.previous ?? null, to: entry.colour },
      });
      if (limit) setClock(tx, r, limit.dueAt);
      const { colour: to, previous, dueAt, pack } = entry;
      return {
        entry,
        rank: colour.rank,
        publish: (stream, header) =>
          stream.publish(ReferralRated, {
            ...header,
            colour: to,
            pack,
            ...(previous === undefined ? {} : { previous }),
            ...(dueAt === null ? {} : { dueAt }),
          }),
      };
    });
  }

  assign(call: Call, id: string) {
    return this.changes.make(call, id, CHANGES.assign, async (tx, r, { assignedTo }, doing) => {
      if (assignedTo !== null && !(await this.assignees.mayReceive(tx, assignedTo, r)))
        throw new Invalid([
          { field: 'assignedTo', code: 'referral.cannot-receive', message: 'Choose a member of the triaging agency' },
        ]);
      const entry = referral.assign(r, assignedTo, doing);
      if (!entry) return null;
      tx.about({ detail: { from: entry.from, to: entry.to } });
      return {
        entry,
        publish: (stream, header) =>
          stream.publish(ReferralAssigned, {
            ...header,
            ...(entry.to === null ? {} : { assignedTo: entry.to }),
            ...(entry.from === null ? {} : { previous: entry.from }),
            byId: doing.by,
          }),
      };
    });
  }

  note(call: Call, id: string) {
    return this.changes.make(call, id, CHANGES.note, (_, r, { text }, doing) => ({
      entry: referral.note(r, { id: newId(), text }, doing),
      publish: (stream, header) => stream.publish(NoteAdded, header),
    }));
  }

  requestInformation(call: Call, id: string) {
    return this.changes.make(call, id, CHANGES.request, (tx, r, asked, doing) => {
      if (asked.reason !== undefined && !this.practice.packs.reasons('return').some((x) => x.code === asked.reason))
        throw new Invalid([{ field: 'reason', code: 'not-in-list', message: 'Select one of the reasons' }]);
      const entry = referral.requestInformation(r, { ...asked }, doing);
      tx.about({ recipients: [{ org: r.referringOrg }], reasons: asked.reason ? [asked.reason] : [] });
      return {
        entry,
        publish: (stream, header) => stream.publish(InformationRequested, { ...header, referredBy: r.referredBy }),
      };
    });
  }

  returnInformation(call: Call, id: string) {
    return this.changes.make(call, id, CHANGES.answer, (tx, r, { answer }, doing) => {
      const entry = referral.returnInformation(r, answer, doing);
      tx.about({ recipients: [{ org: r.receivingOrg }] });
      return {
        entry,
        publish: (stream, header) => stream.publish(InformationReturned, { ...header, byId: doing.by }),
      };
    });
  }
}

/** The queue makes the clock punctual; the row is the clock, and the sweep suffices (events.md D1–D4). */
function setClock(tx: Tx, r: Received, dueAt: Date): void {
  const version = r.clockVersion + 1;
  tx.enqueue({
    name: 'pass-triage-clock',
    key: `${r.id}:${dueAt.getTime()}:${version}`,
    runAt: dueAt,
    payload: { id: r.id, version },
  });
}
