import { Get } from '@nestjs/common';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { IdentityProvider } from '../identity-provider';

/** Says that the session is over, and offers to end the identity provider's too. */
@Page({ at: 'signed-out', folder: 'session/signed-out', may: 'anyone', states: ['signed-out'] })
export class SignedOutPage {
  constructor(private readonly provider: IdentityProvider) {}

  @Get()
  show(): View {
    return show({});
  }

  /** A link and not part of the form: `form-action` forbids a form that ends at another site. */
  @Get('everywhere')
  async everywhere(): Promise<Redirect> {
    return redirect((await this.provider.endUrl(null)) ?? '/signed-out');
  }
}
