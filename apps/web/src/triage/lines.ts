import { Injectable } from '@nestjs/common';
import { Directory } from '../apis/directory';
import type { Colour } from '../apis/practice';
import { Referrals, type ReferralItem } from '../apis/referrals';
import type { Visit } from '../session/visit';

/** Lines of a list of referrals, with names for ids and titles for codes. */
@Injectable()
export class Lines {
  constructor(
    private readonly referrals: Referrals,
    private readonly directory: Directory,
  ) {}

  async of(visit: Visit, items: readonly ReferralItem[]) {
    const [practice, reasons, names] = await Promise.all([
      this.referrals.practice(visit),
      this.referrals.reasons(visit),
      this.directory.names(
        visit,
        items.map((i) => i.assignedTo),
      ),
    ]);
    return items.map((item) => {
      const pathway = practice.pathways.find((p) => p.code === item.pathway);
      return {
        ...item,
        href: `/triage/${item.id}`,
        person: item.subjectName ?? 'Name not known',
        pathwayTitle: pathway?.title ?? item.pathway,
        area: names.area(item.areaId),
        colourShown: item.colour ? colourOf(reasons.colours, pathway?.colourScheme, item.colour) : null,
        assigned: item.assignedTo ? names.person(item.assignedTo) : 'Nobody',
      };
    });
  }
}

/** A colour as it is shown. "Red" of one scheme is not "red" of another; a code that the pack lacks stands for itself. */
export function colourOf(
  colours: readonly Colour[],
  scheme: string | null | undefined,
  code: string,
): { title: string; tag: string } {
  const found = colours.find((c) => c.code === code && c.scheme === scheme);
  return { title: found?.title ?? code, tag: found?.tag ?? 'grey' };
}
