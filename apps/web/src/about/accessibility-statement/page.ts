import { Get } from '@nestjs/common';
import { Page, show, type View } from '../../design/page';

@Page({ at: 'accessibility-statement', folder: 'about/accessibility-statement', may: 'anyone', states: ['shown'] })
export class AccessibilityStatementPage {
  @Get()
  show(): View {
    return show({});
  }
}
