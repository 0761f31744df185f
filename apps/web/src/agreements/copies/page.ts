import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Agreements } from '../../apis/agreements';
import { Directory } from '../../apis/directory';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { namedIn } from '../words';
import { gathered } from './places';

/** The machine-readable copies of a version: what each is for, and what it cannot say. */
@Page({ at: 'agreements/:id/copies', folder: 'agreements/copies', may: 'agreement.view', states: ['filled'] })
export class AgreementCopiesPage {
  constructor(
    private readonly agreements: Agreements,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const [{ code, number, title, mais }, organisations] = await Promise.all([
      this.agreements.copies(visit, id),
      this.directory.organisations(visit),
    ]);
    const names = new Map(organisations.map((o) => [o.id, o.name]));
    const told = namedIn([...names.keys()], { organisation: (orgId) => names.get(orgId) ?? orgId });
    return show({
      ...{ id, code, number, agreement: title },
      notSaid: gathered(mais.notSaid.map(told)),
      back: { text: 'Back to the agreement', href: `/agreements/${id}` },
    });
  }
}
