import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { Keepings } from '../keepings';

const FLASHES: Readonly<Record<string, string>> = {
  kept: 'The case is kept until the day that you gave',
  proposed: 'It is proposed to erase the case. Somebody else must confirm that',
  refused: 'The case is not erased',
  held: 'The case is on hold',
  released: 'The hold is released',
};

/** How long one case is kept, by which rule, what keeps it longer, and what was decided. */
@Page({
  at: 'retention/:id',
  folder: 'retention/case',
  may: 'retention.list',
  states: ['kept', 'due', 'held', 'proposed', 'auditor'],
})
export class KeptCasePage {
  constructor(private readonly keepings: Keepings) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done: unknown): Promise<View> {
    const { told } = await this.keepings.open(visit, id);
    const flash = typeof done === 'string' ? FLASHES[done] : undefined;
    return show({ kept: told, flash: flash ? { text: flash } : null });
  }
}
