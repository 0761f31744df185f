import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post, Put } from '@nestjs/common';
import {
  AdmitObserverDto,
  DeferItemDto,
  HearItemDto,
  KeepNotesDto,
  KeepPresenceDto,
  NameHomeAgencyDto,
  ProposeActionDto,
  PutToVoteDto,
  ReturnResearchDto,
  VoteDto,
} from './agenda-items.dto';
import { NotesService } from './notes.service';
import { ProposingService } from './proposing.service';
import { ReadingItemsService } from './reading.service';
import { ResearchService } from './research.service';
import { SessionService } from './session.service';
import { VotingService } from './voting.service';

@ContextController('risk', 'agenda-items/:id')
export class AgendaItemsController {
  constructor(
    private readonly reading: ReadingItemsService,
    private readonly session: SessionService,
    private readonly research: ResearchService,
    private readonly proposing: ProposingService,
    private readonly notes: NotesService,
    private readonly voting: VotingService,
  ) {}

  @Get()
  @Describe({ summary: 'A case on an agenda', action: 'agenda-item.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.reading.view(call, id);
  }

  @Post('deferrals')
  @HttpCode(200)
  @Describe({ summary: 'Put a case off to the next meeting', body: DeferItemDto, action: 'agenda-item.defer' })
  defer(@Calling() call: Call, @Id() id: string) {
    return this.session.defer(call, id);
  }

  @Put('research')
  @Describe({ summary: 'Return what one’s agency holds', body: ReturnResearchDto, action: 'agenda-item.research' })
  give(@Calling() call: Call, @Id() id: string) {
    return this.research.give(call, id);
  }

  @Post('openings')
  @HttpCode(200)
  @Describe({ summary: 'Open a case in session', action: 'agenda-item.open' })
  open(@Calling() call: Call, @Id() id: string) {
    return this.session.open(call, id);
  }

  @Post('presence')
  @HttpCode(200)
  @Describe({ summary: 'Say who is there for a case', body: KeepPresenceDto, action: 'agenda-item.keep-presence' })
  presence(@Calling() call: Call, @Id() id: string) {
    return this.session.presence(call, id);
  }

  @Post('observers')
  @HttpCode(200)
  @Describe({
    summary: 'Let an observer in while a case is discussed, or ask them to leave',
    body: AdmitObserverDto,
    action: 'agenda-item.admit-observer',
  })
  admitObserver(@Calling() call: Call, @Id() id: string) {
    return this.session.admitObserver(call, id);
  }

  @Get('notes')
  @Describe({ summary: 'The summary of a case’s risk as it is now, and its version', action: 'agenda-item.view' })
  readNotes(@Calling() call: Call, @Id() id: string) {
    return this.notes.read(call, id);
  }

  @Put('notes')
  @Describe({ summary: 'Keep the summary of a case’s risk', body: KeepNotesDto, action: 'agenda-item.note' })
  keepNotes(@Calling() call: Call, @Id() id: string) {
    return this.notes.keep(call, id);
  }

  @Post('actions')
  @Describe({ summary: 'Propose an action', body: ProposeActionDto, action: 'conference-action.propose', status: 201 })
  propose(@Calling() call: Call, @Id() id: string) {
    return this.proposing.propose(call, id);
  }

  @Post('ballots')
  @HttpCode(200)
  @Describe({ summary: 'Put a decision to the vote', body: PutToVoteDto, action: 'agenda-item.put-to-vote' })
  put(@Calling() call: Call, @Id() id: string) {
    return this.voting.put(call, id);
  }

  @Post('votes')
  @HttpCode(200)
  @Describe({ summary: 'Vote on what is put, for an agency that is there', body: VoteDto, action: 'agenda-item.vote' })
  vote(@Calling() call: Call, @Id() id: string) {
    return this.voting.vote(call, id);
  }

  @Post('home-agency')
  @HttpCode(200)
  @Describe({
    summary: 'Say which agency is the one for the area where the person lives',
    body: NameHomeAgencyDto,
    action: 'agenda-item.name-home-agency',
  })
  nameHome(@Calling() call: Call, @Id() id: string) {
    return this.voting.nameHome(call, id);
  }

  @Post('decisions')
  @HttpCode(200)
  @Describe({ summary: 'Record what was decided: the case is heard', body: HearItemDto, action: 'agenda-item.hear' })
  hear(@Calling() call: Call, @Id() id: string) {
    return this.session.hear(call, id);
  }
}
