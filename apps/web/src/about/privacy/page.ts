import { Get } from '@nestjs/common';
import { Page, show, type View } from '../../design/page';

@Page({ at: 'privacy', folder: 'about/privacy', may: 'anyone', states: ['shown'] })
export class PrivacyPage {
  @Get()
  show(): View {
    return show({});
  }
}
