import { NotFound } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Page, show, type View } from '../../design/page';

/** An application was sent. Its reference says nothing of it. */
@Page({ at: 'asb-case-reviews/sent', folder: 'asb/sent', may: 'anyone', states: ['sent'] })
export class ApplicationSentPage {
  @Get()
  show(@Query('reference') reference?: string): View {
    if (typeof reference !== 'string' || !/^AP-\d{4}-\d{4,9}$/.test(reference)) throw new NotFound('page');
    return show({ reference });
  }
}
