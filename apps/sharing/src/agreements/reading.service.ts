import { demand, mayNot } from '@concordat/access';
import { UnitOfWork } from '@concordat/messaging';
import { RuleBroken, valid, type Call } from '@concordat/platform';
import { canonicalTerms, compareAgreements, odrlOf } from '@concordat/sharing';
import { Injectable } from '@nestjs/common';
import { hashOf, named, openTo, type AgreementRecord } from '../agreement-record';
import { CompareDto, ListAgreementsDto } from './agreements.dto';
import { agreementsOf, historyOf, versionsOf, visibleAgreement } from './agreements.repository';
import { AgreementsService } from './agreements.service';

const NOTHING = { edit: false, discard: false, steps: [], sign: false, leave: false, succeed: false, preview: false };

/** The register, and one version with what is found in it and what was done to it. */
@Injectable()
export class AgreementsReading {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly agreements: AgreementsService,
  ) {}

  list(call: Call) {
    return this.unit.read({ action: 'agreement.list', call }, async (tx) => {
      demand(tx.actor, 'agreement.list');
      const page = await agreementsOf(tx, valid(ListAgreementsDto, call.query));
      tx.about({ objects: page.items.map(({ id, version }) => ({ t: 'agreement', id, ver: String(version) })) });
      return { ...page, may: { draft: mayNot(tx.actor, 'agreement.draft') === null } };
    });
  }

  view(call: Call, id: string) {
    return this.unit.read({ action: 'agreement.view', call, objects: [{ t: 'agreement', id }] }, async (tx) => {
      const record = await visibleAgreement(tx, id);
      tx.about({ rule: named(record) });
      demand(tx.actor, 'agreement.view');
      const governs = mayNot(tx.actor, 'agreement.advance') === null;
      const { version, ownerOrg, document } = record;
      return {
        ...{ id, version, ownerOrg, document, contentHash: hashOf(record) },
        findings: await this.agreements.findings(tx, document),
        history: await historyOf(tx, id),
        versions: await versionsOf(tx, document.id),
        may: governs ? openTo(record, tx.actor) : NOTHING,
      };
    });
  }

  /** What differs from another version of the same agreement. Both have to be visible. */
  changes(call: Call, id: string) {
    const act = { action: 'agreement.view', call, objects: [{ t: 'agreement' as const, id }] } as const;
    return this.unit.read(act, async (tx) => {
      const after = await visibleAgreement(tx, id);
      tx.about({ rule: named(after) });
      demand(tx.actor, 'agreement.view');
      const { from } = valid(CompareDto, call.query);
      const before = await visibleAgreement(tx, from);
      if (before.document.id !== after.document.id)
        throw new RuleBroken('agreement.not-same', 'These are versions of different agreements');
      tx.about({ objects: [{ t: 'agreement', id: from }] });
      const side = (record: AgreementRecord) => ({
        ...{ id: record.id, number: record.document.version, status: record.document.status },
        contentHash: hashOf(record),
      });
      return {
        ...{ title: after.document.title, before: side(before), after: side(after) },
        changes: compareAgreements(before.document, after.document),
      };
    });
  }

  /** The machine-readable copy: exactly the bytes that the content hash is of, with their digest (RFC 9530). */
  copy(call: Call, id: string) {
    const act = { action: 'agreement.take-copy', call, objects: [{ t: 'agreement' as const, id }] } as const;
    return this.unit.read(act, async (tx) => {
      const record = await visibleAgreement(tx, id);
      demand(tx.actor, 'agreement.take-copy');
      const hash = hashOf(record);
      const { id: code, version } = record.document;
      tx.about({ rule: named(record), items: [`sha256:${hash}`] });
      return {
        name: `${code}-${version}.json`,
        text: canonicalTerms(record.document),
        digest: `sha-256=:${Buffer.from(hash, 'hex').toString('base64')}:`,
      };
    });
  }

  /** Its terms as a policy of ODRL 2.2, for software that speaks that. It names no people. */
  odrl(call: Call, id: string) {
    const act = { action: 'agreement.take-copy', call, objects: [{ t: 'agreement' as const, id }] } as const;
    return this.unit.read(act, async (tx) => {
      const { document } = await visibleAgreement(tx, id);
      demand(tx.actor, 'agreement.take-copy');
      tx.about({ rule: `${document.id}@${document.version}`, items: ['odrl'] });
      return { name: `${document.id}-${document.version}.odrl.jsonld`, policy: odrlOf(document) };
    });
  }
}
