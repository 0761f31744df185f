import { contexts } from '@concordat/contracts';
import { Get } from '@nestjs/common';
import { ApiDocuments, type Schema } from '../../apis/api-documents';
import { SERVICES } from '../../administration/words';
import { Page, show, type View } from '../../design/page';
import { fieldsOf } from '../fields';

interface Message {
  readonly name: string;
  readonly summary: string;
  readonly payload: { readonly properties: { readonly data: Schema } };
}

/** The events that the contexts publish: ids, codes and dates only. */
@Page({ at: 'developers/events', folder: 'developers/events', may: 'anyone', states: ['filled'] })
export class EventsPage {
  constructor(private readonly documents: ApiDocuments) {}

  @Get()
  async show(): Promise<View> {
    const { messages, schemas } = (await this.documents.events()).components;
    const all = Object.values(messages) as unknown as Message[];
    return show({
      groups: contexts
        .map((context) => ({
          ...{ context, title: SERVICES[context] },
          events: all
            .filter(({ name }) => name.startsWith(`${context}.`) && name !== 'audit.act-recorded.v1')
            .map(({ name, summary, payload }) => ({
              name,
              summary,
              fields: fieldsOf(payload.properties.data, schemas),
            })),
        }))
        .filter(({ events }) => events.length > 0),
    });
  }
}
