import { demand } from '@concordat/access';
import { IllegalTransition } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import type { Call } from '@concordat/platform';
import { Preview } from '@concordat/sharing';
import { Injectable } from '@nestjs/common';
import { isToCome } from '../agreement-record';
import { Law } from '../law';
import { RegisterKeeper } from '../register-keeper';
import { signaturesSince } from '../signatures.repository';
import { pastDecisions, visibleTerms } from './previews.repository';

const DAYS = 90;
const DAY_MS = 86_400_000;
/** Replayed at most, the newest first; that there were more is told. */
const AT_MOST = 20_000;
/** Kinds of change told at most. */
const TOLD = 200;

/**
 * What would change if a version were in force: decisions of the last 90 days, made again with it. The caller is told of those
 * that they may see anyway: the ones at an end of which their organisation is.
 */
@Injectable()
export class PreviewsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly register: RegisterKeeper,
    private readonly law: Law,
  ) {}

  preview(call: Call, id: string) {
    return this.unit.read({ action: 'agreement.preview', call, objects: [{ t: 'agreement', id }] }, async (tx) => {
      const agreement = await visibleTerms(tx, id);
      demand(tx.actor, 'agreement.preview');
      if (!isToCome(agreement))
        throw new IllegalTransition('agreement.activated', 'It decides already', agreement.status);
      const since = new Date(tx.now.getTime() - DAYS * DAY_MS);
      const others = (await this.register.agreements(tx)).filter(
        (other) => other.id === agreement.id && other.version !== agreement.version,
      );
      const names = { organisation: () => undefined, item: (code: string) => this.law.items.get(code) };
      // Whoever signed at a meeting may have done so before what was decided there.
      const signatures = await signaturesSince(tx, new Date(since.getTime() - DAYS * DAY_MS));
      const preview = new Preview(await this.register.now(tx), signatures, { agreement, others, since }, names);
      let more = false;
      for await (const past of pastDecisions(tx, agreement, { since, atMost: AT_MOST + 1 })) {
        more = preview.replayed === AT_MOST;
        if (!more) preview.replay(past);
      }
      const effects = preview.effects();
      const told = effects.slice(0, TOLD);
      tx.about({
        objects: told.map(({ exampleId }) => ({ t: 'decision', id: exampleId })),
        rule: `${agreement.id}@${agreement.version}`,
      });
      return {
        ...{ title: agreement.title, number: agreement.version, since: since.toISOString(), days: DAYS },
        ...{ replayed: preview.replayed, more, effects: told, untold: effects.length - told.length },
      };
    });
  }
}
