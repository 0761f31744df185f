import { demand, demandFresh } from '@concordat/access';
import {
  agreementSteps,
  Conflict,
  Forbidden,
  IllegalTransition,
  Invalid,
  newId,
  type Action,
  type AgreementStep,
} from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { expectVersion, SETTINGS, valid, type Call, type Settings } from '@concordat/platform';
import { checkAgreement, stepsOpen, successorOf, takeStep, type Agreement, type Step } from '@concordat/sharing';
import { Inject, Injectable } from '@nestjs/common';
import { isParty, mayNotStep, named, type AgreementRecord } from '../agreement-record';
import { Law } from '../law';
import { RegisterKeeper } from '../register-keeper';
import { DraftAgreementDto, LeaveDto, SignDto, StartAgreementDto, StepDto, SucceedDto } from './agreements.dto';
import * as kept from './agreements.repository';
import { begin } from './beginning';
import { publishChange } from './publishing';
import { readTerms, stepping } from './reading-terms';

/** Why somebody may not: null when they may. */
type Barrier = (record: AgreementRecord, tx: Tx) => string | null;
const ownersOnly: Barrier = ({ ownerOrg }, { actor }) => (actor.orgId === ownerOrg ? null : 'organisation.not-owner');
const partiesOnly: Barrier = ({ document }, { actor }) =>
  isParty(document, actor.orgId) ? null : 'organisation.not-party';

/** Drafts agreements and leads them through their life. From an activation's commit on, decisions are made by it. */
@Injectable()
export class AgreementsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly law: Law,
    private readonly register: RegisterKeeper,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  draft(call: Call) {
    return this.making(call, async () => readTerms(valid(DraftAgreementDto, call.body).document, this.law.table));
  }

  /** A draft with the terms of a template. */
  start(call: Call) {
    return this.making(call, async (tx) => {
      const dto = valid(StartAgreementDto, call.body);
      const template = this.law.templates.find(({ code }) => code === dto.template);
      if (!template)
        throw new Invalid([{ field: 'template', code: 'not-in-list', message: 'Choose one of the templates' }]);
      return readTerms(begin(template.terms, dto, await kept.partnersAmong(tx, dto.parties)), this.law.table);
    });
  }

  /** A draft of what another system says, with what is left to whoever goes on with it. */
  broughtIn(call: Call, read: () => { document: Agreement; reason: string }) {
    let reason: string;
    const terms = async (tx: Tx): Promise<Agreement> => {
      const found = read();
      reason = found.reason;
      tx.about({ items: ['mais'] });
      return found.document;
    };
    return this.making(call, terms, () => ({ what: 'brought-in', reason }));
  }

  /** The templates that the pack in force offers. They say nothing of anybody, so reading them leaves no entry. */
  templates() {
    return { templates: this.law.templates.map(({ code, title, description }) => ({ code, title, description })) };
  }

  /** The law table that agreements are read and decided by. */
  codes() {
    const items = [...this.law.items].map(([code, words]) => ({ code, title: words }));
    return { ...this.law.table, items };
  }

  /** The next version: the same terms, unsigned. */
  succeed(call: Call, id: string) {
    return this.making(call, async (tx) => {
      const record = await kept.visibleAgreement(tx, id);
      if (['DRAFT', 'IN_QA'].includes(record.document.status))
        throw new IllegalTransition(
          'agreement.not-assured',
          'This version can still be changed',
          record.document.status,
        );
      refuse(ownersOnly(record, tx));
      const { number } = valid(SucceedDto, call.body);
      return stepping(record.document.status, () => successorOf(record.document, number));
    });
  }

  save(call: Call, id: string) {
    return this.changing(call, id, 'agreement.save', ownersOnly, async (tx, record) => {
      if (record.document.status !== 'DRAFT') notOpen(record);
      const { document } = valid(DraftAgreementDto, call.body);
      const terms = readTerms(document, this.law.table);
      const { id: code, version, events } = record.document;
      const renamed = [...(terms.id === code ? [] : ['id']), ...(terms.version === version ? [] : ['version'])];
      if (renamed.length > 0)
        throw new Invalid(
          renamed.map((name) => ({
            field: `document.${name}`,
            code: 'fixed',
            message: 'This was given when it was drafted',
          })),
        );
      await this.demandPartners(tx, terms);
      return { what: 'saved', document: { ...terms, events }, edited: true };
    });
  }

  async discard(call: Call, id: string) {
    const act = { action: 'agreement.discard', call, objects: [{ t: 'agreement' as const, id }] } as const;
    await this.unit.run(act, async (tx) => {
      await tx.lock(id);
      const record = await kept.visibleAgreement(tx, id);
      tx.about({ rule: named(record) });
      expectVersion(call, 'agreement', record.version);
      if (record.document.status !== 'DRAFT' || record.document.events.length > 0) notOpen(record);
      demand(tx.actor, 'agreement.discard');
      refuse(ownersOnly(record, tx));
      await kept.deleteDraft(tx, id);
    });
  }

  step(call: Call, id: string) {
    const asked = (call.body as { do?: AgreementStep } | null | undefined)?.do;
    const known = agreementSteps.find((one) => one === asked);
    const barrier: Barrier = (record, tx) => (known ? mayNotStep(record, known, tx.actor) : null);
    return this.changing(
      call,
      id,
      'agreement.advance',
      barrier,
      async (tx, record) => {
        const { do: step, reason = null } = valid(StepDto, call.body);
        if (!reason && NEED_REASON.has(step))
          throw new Invalid([{ field: 'reason', code: 'required', message: 'Enter why' }]);
        const doing: Step =
          step === 'activate' ? { do: step, findings: await this.findings(tx, record.document) } : { do: step };
        const document = this.stepped(tx, record, doing);
        tx.about({ decision: step });
        return { what: step, document, reason, edited: step === 'submit' };
      },
      known,
    );
  }

  /** Signs for the caller's organisation. It lasts, so whoever does has signed in a moment ago. */
  sign(call: Call, id: string) {
    return this.changing(
      call,
      id,
      'agreement.sign',
      partiesOnly,
      async (tx, record) => {
        const { contentHash, reference } = valid(SignDto, call.body);
        demandFresh(call.signedInAt, tx.now, this.settings.STEP_UP_MINUTES);
        const signature = { contentHash, by: tx.actor.id, ...(reference ? { reference } : {}) };
        const document = this.stepped(tx, record, { do: 'sign', orgId: tx.actor.orgId!, signature });
        tx.about({ decision: 'sign', items: [`sha256:${contentHash}`] });
        return { what: 'sign', document, edited: false };
      },
      'sign',
    );
  }

  leave(call: Call, id: string) {
    return this.changing(
      call,
      id,
      'agreement.leave',
      partiesOnly,
      async (tx, record) => {
        const { from = tx.now.toISOString(), reason } = valid(LeaveDto, call.body);
        const document = this.stepped(tx, record, { do: 'leave', orgId: tx.actor.orgId!, from });
        return { what: 'leave', document, reason, edited: false };
      },
      'leave',
    );
  }

  /** What the static checks find, among all agreements that decisions may be about. */
  async findings(tx: Tx, document: Agreement) {
    const others = await this.register.agreements(tx);
    return checkAgreement(
      document,
      others.filter((o) => o.id !== document.id || o.version !== document.version),
      this.law.table,
    );
  }

  private stepped(tx: Tx, { document }: AgreementRecord, step: Step): Agreement {
    return stepping(document.status, () => takeStep(document, step, tx.actor.id, tx.now.toISOString()));
  }

  private async making(
    call: Call,
    terms: (tx: Tx) => Promise<Agreement>,
    how = (): { what: string; reason: string | null } => ({ what: 'drafted', reason: null }),
  ) {
    const done = await this.unit.run({ action: 'agreement.draft', call }, async (tx) => {
      demand(tx.actor, 'agreement.draft');
      const document = await terms(tx);
      await this.demandPartners(tx, document);
      const ownerOrg = tx.actor.orgId!;
      if (await kept.isTaken(tx, document, ownerOrg))
        throw new Conflict('agreement.id-taken', 'There is an agreement with this id and version already');
      const record: AgreementRecord = { id: newId(), version: 1, ownerOrg, editedBy: tx.actor.id, document };
      await kept.insertAgreement(tx, record);
      const { what, reason } = how();
      await kept.keepStep(tx, record, what, reason);
      publishChange(tx, tx.open(record.id), record);
      return { id: record.id, version: 1, status: document.status };
    });
    return { ...done.value, receipt: done.receipt };
  }

  private async changing(
    call: Call,
    id: string,
    action: Action,
    barrier: Barrier,
    work: (
      tx: Tx,
      record: AgreementRecord,
    ) => Promise<{ what: string; document: Agreement; reason?: string | null; edited: boolean }>,
    step?: Step['do'],
  ) {
    const done = await this.unit.run({ action, call, objects: [{ t: 'agreement' as const, id }] }, async (tx) => {
      const stream = await tx.lock(id);
      const was = await kept.visibleAgreement(tx, id);
      tx.about({ rule: named(was) }); // before it can be refused: a refusal is found by the agreement too
      expectVersion(call, 'agreement', was.version);
      if (step && !stepsOpen(was.document.status).includes(step)) notOpen(was);
      demand(tx.actor, action);
      refuse(barrier(was, tx));
      const { what, document, reason = null, edited } = await work(tx, was);
      const record = { ...was, version: was.version + 1, document, editedBy: edited ? tx.actor.id : was.editedBy };
      await kept.replaceAgreement(tx, record);
      await kept.keepStep(tx, record, what, reason);
      publishChange(tx, stream, record);
      return { id, version: record.version, status: document.status };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** Only who has signed in here can sign, so a party is an organisation of the partnership. */
  private async demandPartners(tx: Tx, { parties }: Agreement): Promise<void> {
    const known = await kept.partnersAmong(
      tx,
      parties.map((p) => p.orgId),
    );
    const strangers = parties.flatMap(({ orgId }, i) =>
      known.has(orgId)
        ? []
        : [
            {
              field: `document.parties.${i}.orgId`,
              code: 'organisation.unknown',
              message: 'Choose an organisation of the partnership',
            },
          ],
    );
    if (strangers.length > 0) throw new Invalid(strangers);
  }
}

const NEED_REASON: ReadonlySet<string> = new Set(['return', 'suspend', 'withdraw', 'amend']);

function notOpen({ document }: AgreementRecord): never {
  throw new IllegalTransition(
    'agreement.step-not-open',
    'This is not open where the agreement stands now',
    document.status,
  );
}

function refuse(reason: string | null): void {
  if (reason) throw new Forbidden('agreement.forbidden', 'You may not do this', [reason]);
}
