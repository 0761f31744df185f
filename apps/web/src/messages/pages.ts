import { MessageFailuresPage } from '../administration/message-failures/page';
import { OutgoingMessages } from '../apis/outgoing-messages';
import { AddressPage } from './address/page';
import { ChoicesPage } from './choices/page';
import { CodePage } from './code/page';
import { MailboxPage } from './mailbox/page';
import { MessageSettingsPage } from './settings/page';

/** `/messages/…`: how one is told outside of the pages; and, for administrators, what did not arrive. */
export const pages = [MessageSettingsPage, AddressPage, CodePage, ChoicesPage, MailboxPage, MessageFailuresPage];

export const providers = [OutgoingMessages];
