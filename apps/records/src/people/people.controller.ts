import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { EndRelationshipDto, PersonDetailsDto, RelateDto } from '../person.dto';
import { PeopleService } from './people.service';
import { RelationshipsService } from './relationships.service';

@ContextController('records', 'people')
export class PeopleController {
  constructor(
    private readonly people: PeopleService,
    private readonly relationships: RelationshipsService,
  ) {}

  @Get(':id')
  @Describe({
    summary: 'One person, from the cases that the caller’s organisation takes part in',
    action: 'person.view',
  })
  view(@Calling() call: Call, @Id() id: string) {
    return this.people.view(call, id);
  }

  @Get(':id/history')
  @Describe({ summary: 'What was known of a person before, newest change first', action: 'person.view-history' })
  history(@Calling() call: Call, @Id() id: string) {
    return this.people.history(call, id);
  }

  @Post(':id/corrections')
  @HttpCode(200)
  @Describe({ summary: 'Correct or add to what is known', body: PersonDetailsDto, action: 'person.correct' })
  correct(@Calling() call: Call, @Id() id: string) {
    return this.people.correct(call, id);
  }

  @Post(':id/relationships')
  @Describe({ summary: 'Record how a person is related to another', body: RelateDto, action: 'person.relate' })
  relate(@Calling() call: Call, @Id() id: string) {
    return this.relationships.relate(call, id);
  }

  @Post(':id/relationships/:relationshipId/ending')
  @HttpCode(200)
  @Describe({ summary: 'A relationship has ended', body: EndRelationshipDto, action: 'person.relate' })
  end(@Calling() call: Call, @Id() id: string, @Id('relationshipId') relationshipId: string) {
    return this.relationships.end(call, id, relationshipId);
  }
}
