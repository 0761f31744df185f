import { AccessibilityStatementPage } from './about/accessibility-statement/page';
import { HelpPage } from './about/help/page';
import { PrivacyPage } from './about/privacy/page';
import { AssetsPage } from './assets/serving/page';
import { HomePage } from './home/page';
import { ExtendPage } from './session/extend/page';
import { SignInPage } from './session/sign-in/page';
import { SignOutPage } from './session/sign-out/page';
import { SignedOutPage } from './session/signed-out/page';
import { pages as referrals } from './referrals/pages';

/** Every page, by what it is about. */
export const pages = [
  HomePage,
  ...referrals,
  SignInPage,
  SignOutPage,
  SignedOutPage,
  ExtendPage,
  AccessibilityStatementPage,
  PrivacyPage,
  HelpPage,
  AssetsPage,
];
