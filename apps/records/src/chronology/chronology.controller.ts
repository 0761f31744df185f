import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import {
  CorrectEntryDto,
  ListChronologyDto,
  RecordEntryDto,
  SearchChronologyDto,
  WithdrawEntryDto,
} from './chronology.dto';
import { ChronologyService } from './chronology.service';
import { EntriesService } from './entries.service';

@ContextController('records', 'cases/:id/chronology')
export class ChronologyController {
  constructor(
    private readonly chronology: ChronologyService,
    private readonly entries: EntriesService,
  ) {}

  @Get()
  @Describe({ summary: 'The chronology of a case', query: ListChronologyDto, action: 'chronology.view' })
  list(@Calling() call: Call, @Id() id: string) {
    return this.chronology.list(call, id);
  }

  @Get('export')
  @Describe({ summary: 'As the chronology, to be taken out', query: ListChronologyDto, action: 'chronology.export' })
  export(@Calling() call: Call, @Id() id: string) {
    return this.chronology.export(call, id);
  }

  @Post('searches')
  @Describe({ summary: 'Words to look for in a chronology', body: SearchChronologyDto, action: 'chronology.search' })
  search(@Calling() call: Call, @Id() id: string) {
    return this.chronology.search(call, id);
  }

  @Get(':entryId')
  @Describe({ summary: 'One entry, with every version that it had', action: 'chronology.view' })
  entry(@Calling() call: Call, @Id() id: string, @Id('entryId') entryId: string) {
    return this.chronology.entry(call, id, entryId);
  }

  @Post()
  @Describe({ summary: 'Add an entry', body: RecordEntryDto, action: 'chronology.record' })
  record(@Calling() call: Call, @Id() id: string) {
    return this.entries.record(call, id);
  }

  @Post(':entryId/corrections')
  @HttpCode(200)
  @Describe({ summary: 'Correct an entry; what it said stays', body: CorrectEntryDto, action: 'chronology.correct' })
  correct(@Calling() call: Call, @Id() id: string, @Id('entryId') entryId: string) {
    return this.entries.correct(call, id, entryId);
  }

  @Post(':entryId/withdrawal')
  @HttpCode(200)
  @Describe({ summary: 'Withdraw an entry; it stays on record', body: WithdrawEntryDto, action: 'chronology.correct' })
  withdraw(@Calling() call: Call, @Id() id: string, @Id('entryId') entryId: string) {
    return this.entries.withdraw(call, id, entryId);
  }
}
