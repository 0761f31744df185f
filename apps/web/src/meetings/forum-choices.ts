import { Injectable } from '@nestjs/common';
import { Conferences } from '../apis/conferences';
import { Directory } from '../apis/directory';
import { Identity } from '../apis/identity';
import type { Form } from '../design/form';
import type { Visit } from '../session/visit';
import { ANCHORS, oftenChoices, WEEKDAYS } from './forum-form';

/** What the form of a forum offers: staff of the partnership, areas, definitions of a repeat. */
@Injectable()
export class ForumChoices {
  constructor(
    private readonly conferences: Conferences,
    private readonly directory: Directory,
    private readonly identity: Identity,
  ) {}

  async of(visit: Visit, form: Form, cadence?: string) {
    const organisations = (await this.directory.organisations(visit)).filter(({ active }) => active !== false);
    const [{ kinds, areas }, ...staff] = await Promise.all([
      this.conferences.allForums(visit),
      ...organisations.map(({ id }) => this.identity.staffOf(visit, id)),
    ]);
    const ticked = (name: string): readonly string[] => [form.values[name] ?? []].flat();
    const definitions = kinds.flatMap(({ repeat }) => repeat?.definitions ?? []);
    return {
      kinds: kinds.map(({ code, title }) => ({ value: code, text: title })),
      areas: areas.map(({ code, title }) => ({ value: code, text: title })),
      agencies: organisations.map(({ id, name }) => ({ value: id, text: name })),
      definitions: [
        ...new Map(definitions.map((each) => [each.code, { value: each.code, text: each.title }])).values(),
      ],
      ...{ anchors: ANCHORS, weekdays: WEEKDAYS, often: oftenChoices(cadence) },
      staff: organisations.flatMap(({ id: orgId, name: org }, i) =>
        (staff[i] ?? [])
          .filter(({ active }) => active)
          .map(({ id, name }) => ({
            ...{ id, name, org },
            boxes: [
              { name: 'people', value: `${orgId}.${id}`, text: 'sits on it' },
              { name: 'chairs', value: id, text: 'chairs' },
              { name: 'coordinators', value: id, text: 'coordinates' },
            ].map((box) => ({ ...box, ticked: ticked(box.name).includes(box.value) })),
          })),
      ),
    };
  }
}
