import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { Conflict, Forbidden, newId, NotFound, type Action } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { expectVersion, expectVersionIfSent, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { ReferralsPageDto } from '../page.dto';
import { Practice } from '../practice';
import { demandOpen, statusOf } from '../referral';
import { Referrals, type StoredReferral } from '../referrals.repository';
import { incomplete } from './content-rules';
import { contentParts, type ReferralContentDto } from './content.dto';
import { Drafts } from './drafts.repository';
import { SaveDraftDto, StartDraftDto, SubmitReferralDto } from './intake.dto';
import { reading } from './submission';
import { SubmissionsService } from './submissions.service';

/** Nobody needs to hear twice that a draft is gone, the ledger least of all (TRI-20): undoes the unit without a trace. */
class DiscardedBefore extends Error {}

/** Drafts, saved as one goes. Only the author sees them; nobody else is told of them. */
@Injectable()
export class DraftsService {
  private readonly started: (body: unknown, today: string) => StartDraftDto;
  private readonly saved: (body: unknown, today: string) => SaveDraftDto;
  private readonly complete: (body: unknown, today: string) => SubmitReferralDto;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly referrals: Referrals,
    private readonly drafts: Drafts,
    private readonly submissions: SubmissionsService,
    private readonly practice: Practice,
  ) {
    this.started = reading(StartDraftDto, practice, false);
    this.saved = reading(SaveDraftDto, practice, false);
    this.complete = reading(SubmitReferralDto, practice, true);
  }

  async start(call: Call) {
    const done = await this.unit.run({ action: 'referral.draft', call }, async (tx) => {
      demand(tx.actor, 'referral.draft');
      const { id = newId(), content } = this.started(call.body, civilDate(tx.now));
      tx.about({ objects: [{ t: 'referral', id }] });
      if (await this.drafts.start(tx, id, content)) return { id, version: 1, status: 'draft' };
      return { id, version: await this.versionOfSame(tx, id, content), status: 'draft' };
    });
    return { ...done.value, receipt: done.receipt };
  }

  async list(call: Call) {
    return this.unit.read({ action: 'referral.list', call }, async (tx) => {
      demand(tx.actor, 'referral.list');
      const { limit, cursor } = valid(ReferralsPageDto, call.query);
      const page = await this.drafts.list(tx, limit ?? 25, cursor);
      tx.about({ objects: page.items.map(({ id, version }) => ({ t: 'referral', id, ver: String(version) })) });
      return page;
    });
  }

  /** The draft, and in `missing` what its pathway wants before it can be sent. */
  async view(call: Call, id: string) {
    return this.unit.read({ action: 'referral.view', call, objects: [{ t: 'referral', id }] }, async (tx) => {
      const draft = await this.referrals.visible(tx, id);
      if (!draft || statusOf(draft) !== 'draft') throw new NotFound('referral');
      demand(tx.actor, 'referral.view');
      const { version, content, createdAt, changedAt } = draft;
      const missing = incomplete(content, this.practice);
      return { id, version, status: 'draft', content, createdAt, changedAt, missing };
    });
  }

  async save(call: Call, id: string) {
    return this.changing(call, id, 'referral.draft', async (tx, draft) => {
      const before = await this.drafts.contentOf(tx, id);
      expectVersion(call, 'referral', draft.version, () => differingParts(before, call.body));
      this.demandAuthor(tx, draft, 'referral.draft');
      const { content } = this.saved(call.body, civilDate(tx.now));
      demandOpen(draft, 'save');
      if (isDeepStrictEqual(before, content)) return { id, version: draft.version, status: 'draft' };
      await this.drafts.save(tx, id, draft.version + 1, content);
      return { id, version: draft.version + 1, status: 'draft' };
    });
  }

  /** discard throws a draft away. True when this call did it, false when it was gone already. */
  async discard(call: Call, id: string): Promise<boolean> {
    try {
      await this.changing(call, id, 'referral.discard', async (tx, draft) => {
        if (statusOf(draft) === 'discarded') throw new DiscardedBefore();
        expectVersionIfSent(call, 'referral', draft.version, () => ['content']);
        this.demandAuthor(tx, draft, 'referral.discard');
        demandOpen(draft, 'discard');
        await this.drafts.discard(tx, id);
        return { id };
      });
      return true;
    } catch (error) {
      if (error instanceof DiscardedBefore) return false;
      throw error;
    }
  }

  async submit(call: Call, id: string) {
    return this.changing(call, id, 'referral.submit', async (tx, draft) => {
      expectVersion(call, 'referral', draft.version, () => ['content']);
      this.demandAuthor(tx, draft, 'referral.submit');
      demandOpen(draft, 'submit'); // first, for once: what was sent already no longer is what it asks to be checked
      const { content } = this.complete({ content: await this.drafts.contentOf(tx, id) }, civilDate(tx.now));
      const made = await this.submissions.prepare(tx, id, content);
      await this.drafts.receive(tx, made, draft.version + 1);
      return this.submissions.announce(tx, made, draft.version + 1);
    });
  }

  private async changing<T>(
    call: Call,
    id: string,
    action: Action,
    work: (tx: Tx, draft: StoredReferral) => Promise<T>,
  ) {
    const done = await this.unit.run({ action, call, objects: [{ t: 'referral', id }] }, async (tx) => {
      const draft = await this.referrals.forChange(tx, id);
      if (!draft || (statusOf(draft) === 'discarded' && action !== 'referral.discard')) throw new NotFound('referral');
      return work(tx, draft);
    });
    return { ...done.value, receipt: done.receipt };
  }

  private demandAuthor(tx: Tx, draft: StoredReferral, action: Action): void {
    demand(tx.actor, action);
    if (draft.referredBy !== tx.actor.id || draft.referringOrg !== tx.actor.orgId)
      throw new Forbidden('referral.forbidden', 'You may not do this', ['author.only']);
  }

  private async versionOfSame(tx: Tx, id: string, content: ReferralContentDto): Promise<number> {
    const found = await this.referrals.visible(tx, id);
    if (found && statusOf(found) === 'draft' && isDeepStrictEqual(found.content, content)) return found.version;
    throw new Conflict('referral.id-taken', 'This id was used for something else');
  }
}

/** The parts of a draft that are not as its caller sends them: what two windows have made of it. */
function differingParts(before: object, body: unknown): string[] {
  const sent = (body as { content?: unknown } | null | undefined)?.content;
  if (typeof sent !== 'object' || sent === null) return ['content'];
  const of = (content: object, part: string): unknown => (content as Record<string, unknown>)[part];
  return contentParts.filter((part) => !isDeepStrictEqual(of(before, part), of(sent, part)));
}
