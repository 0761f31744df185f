import { Get } from '@nestjs/common';
import { Agreements } from '../../apis/agreements';
import { Directory } from '../../apis/directory';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

const ROLES = {
  dlo: 'Designated liaison officer',
  spoc: 'Single point of contact',
  dpo: 'Data protection officer',
  caldicottGuardian: 'Caldicott Guardian',
} as const;
const GAPS = {
  'not-named': 'Nobody is named',
  'not-reachable': 'No email address or telephone number',
  'named-differently': 'Agreements name different people',
} as const;

/** Whom to turn to at each party of the agreements in force, with what is missing flagged. */
@Page({
  at: 'agreements/liaison',
  folder: 'agreements/liaison',
  may: 'agreement.view',
  states: ['filled', 'gaps', 'empty'],
})
export class LiaisonPage {
  constructor(
    private readonly agreements: Agreements,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    const [{ items, agreements }, names] = await Promise.all([
      this.agreements.liaison(visit),
      this.directory.names(visit),
    ]);
    const titled = (under: readonly string[]): string =>
      agreements
        .filter(({ isa }) => under.includes(isa))
        .map(({ title, number }) => `${title} ${number}`)
        .join(', ');
    return show({
      gaps: items.filter((entry) => entry.gaps.length > 0).length,
      organisations: items
        .map(({ orgId, contacts, gaps }) => ({
          name: names.organisation(orgId),
          contacts: contacts.map((each) => ({ ...each, role: ROLES[each.role], under: titled(each.under) })),
          gaps: gaps.map(({ code, role, under }) => ({ role: ROLES[role], told: GAPS[code], under: titled(under) })),
        }))
        .sort((a, b) => a.name.localeCompare(b.name)),
      back: { text: 'Back to agreements', href: '/agreements' },
    });
  }
}
