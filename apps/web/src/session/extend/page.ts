import { Get } from '@nestjs/common';
import { nothing, Page, type Nothing } from '../../design/page';

/** Any request extends the session; this one does nothing else. Asked for by the warning that a session is about to end. */
@Page({ at: 'session/extend', folder: 'session/extend', may: 'member', states: [] })
export class ExtendPage {
  @Get()
  extend(): Nothing {
    return nothing();
  }
}
