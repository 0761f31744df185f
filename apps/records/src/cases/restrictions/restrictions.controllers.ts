import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { ChangeRestrictionDto, LiftRestrictionDto, RestrictDto } from './restrictions.dto';
import { RestrictionsReading } from './restrictions.reading';
import { RestrictionsService } from './restrictions.service';

@ContextController('records', 'cases')
export class CaseRestrictionsController {
  constructor(
    private readonly restrictions: RestrictionsService,
    private readonly reading: RestrictionsReading,
  ) {}

  @Get(':id/restrictions')
  @Describe({ summary: 'To whom a case is restricted, why, and what was done to that', action: 'case.view' })
  list(@Calling() call: Call, @Id() id: string) {
    return this.reading.ofCase(call, id);
  }

  @Post(':id/restrictions')
  @Describe({ summary: 'Restrict a case to named staff', body: RestrictDto, action: 'restriction.make', status: 201 })
  make(@Calling() call: Call, @Id() id: string) {
    return this.restrictions.restrictCase(call, id);
  }
}

@ContextController('records', 'people')
export class PersonRestrictionsController {
  constructor(
    private readonly restrictions: RestrictionsService,
    private readonly reading: RestrictionsReading,
  ) {}

  @Get(':id/restrictions')
  @Describe({ summary: 'To whom a person is restricted, why, and what was done to that', action: 'person.view' })
  list(@Calling() call: Call, @Id() id: string) {
    return this.reading.ofPerson(call, id);
  }

  @Post(':id/restrictions')
  @Describe({
    summary: 'Restrict a person, with every case that they are in, to named staff',
    body: RestrictDto,
    action: 'restriction.make',
    status: 201,
  })
  make(@Calling() call: Call, @Id() id: string) {
    return this.restrictions.restrictPerson(call, id);
  }
}

@ContextController('records', 'restrictions')
export class RestrictionsController {
  constructor(
    private readonly restrictions: RestrictionsService,
    private readonly reading: RestrictionsReading,
  ) {}

  @Get('kinds')
  @Describe({ summary: 'Why a record may be restricted' })
  kinds(@Calling() _: Call) {
    return this.reading.kinds();
  }

  @Post(':id/changes')
  @HttpCode(200)
  @Describe({
    summary: 'Name other staff, or move the review',
    body: ChangeRestrictionDto,
    action: 'restriction.change',
  })
  change(@Calling() call: Call, @Id() id: string) {
    return this.restrictions.change(call, id);
  }

  @Post(':id/lifting')
  @HttpCode(200)
  @Describe({ summary: 'Lift a restriction', body: LiftRestrictionDto, action: 'restriction.lift' })
  lift(@Calling() call: Call, @Id() id: string) {
    return this.restrictions.lift(call, id);
  }
}
