import { CasesLinked, newId, readReference } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { Conflict, IllegalTransition, Invalid, NotFound, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Looks } from '../looks';
import { demandWriting, isWriter, lockedCase, visibleCase } from '../visible-case';
import { LinkCaseDto } from './links.dto';
import { caseByReference, endLink, keepLink, linksOf, sharingPeople } from './links.repository';

/** Which cases have to do with each other. A link is told only to who may know of both. */
@Injectable()
export class LinksService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly looks: Looks,
  ) {}

  list(call: Call, id: string) {
    return this.unit.read({ action: 'case.view', call, objects: [{ t: 'case', id }] }, async (tx) => {
      const row = await visibleCase(tx, id);
      await this.looks.demand(tx, row);
      const items = await linksOf(tx, id);
      const maybe = await sharingPeople(tx, id);
      tx.about({
        objects: [...items.map((l) => l.other), ...maybe].map((c) => ({ t: 'case' as const, id: c.id })),
        items: ['links'],
      });
      return { items, maybe, may: { link: isWriter(row.level) } };
    });
  }

  /** Links a case that the caller works on with another that they may read. */
  async link(call: Call, id: string) {
    const act = { action: 'case.link', call, objects: [{ t: 'case' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const { row, stream } = await lockedCase(tx, id);
      demandWriting(tx, row, 'case.link');
      const { reference, kind } = valid(LinkCaseDto, call.body);
      const other = await caseByReference(tx, readReference(reference) ?? reference);
      const unknown = {
        field: 'reference',
        code: 'case.unknown',
        message: 'Enter the reference of a case that you may see',
      };
      if (!other) throw new Invalid([unknown]);
      if (other === id) throw new Invalid([{ field: 'reference', code: 'case.same', message: 'Enter another case' }]);
      await this.looks.demand(tx, await visibleCase(tx, other));
      if ((await linksOf(tx, id)).some((l) => l.other.id === other && l.endedAt === null))
        throw new Conflict('case-link.known', 'These cases are linked already');
      const linkId = newId();
      await keepLink(tx, linkId, id, other, kind);
      stream.publish(CasesLinked, { linkId, caseId: id, otherId: other, kind, ended: false });
      tx.about({ objects: [{ t: 'case', id: other }] });
      return { id: linkId };
    });
    return { ...done.value, receipt: done.receipt };
  }

  async end(call: Call, id: string, linkId: string) {
    const act = { action: 'case.link', call, objects: [{ t: 'case' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const { row, stream } = await lockedCase(tx, id);
      const link = (await linksOf(tx, id)).find((l) => l.id === linkId);
      if (!link) throw new NotFound('case-link');
      demandWriting(tx, row, 'case.link');
      if (link.endedAt !== null) throw new IllegalTransition('case-link.ended', 'This has ended already', 'ended');
      await endLink(tx, linkId);
      const [caseId, otherId] = link.direction === 'of' ? [id, link.other.id] : [link.other.id, id];
      stream.publish(CasesLinked, { linkId, caseId, otherId, kind: link.kind, ended: true });
      tx.about({ objects: [{ t: 'case', id: link.other.id }] });
      return { id: linkId };
    });
    return { ...done.value, receipt: done.receipt };
  }
}
