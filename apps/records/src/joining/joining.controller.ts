import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Post } from '@nestjs/common';
import { AddPersonDto } from './joining.dto';
import { JoiningService } from './joining.service';

@ContextController('records', 'cases/:id/people')
export class JoiningController {
  constructor(private readonly joining: JoiningService) {}

  @Post()
  @Describe({ summary: 'Add a person to a case', body: AddPersonDto, action: 'case.add-person' })
  add(@Calling() call: Call, @Id() id: string) {
    return this.joining.add(call, id);
  }
}
