import { Get } from '@nestjs/common';
import { Page, show, type View } from '../../design/page';

@Page({ at: 'help', folder: 'about/help', may: 'anyone', states: ['shown'] })
export class HelpPage {
  @Get()
  show(): View {
    return show({});
  }
}
