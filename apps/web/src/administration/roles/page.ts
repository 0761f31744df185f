import { roles } from '@concordat/contracts';
import { Get } from '@nestjs/common';
import { Page, show, type View } from '../../design/page';
import { powersOf } from '../powers';
import { roleChoices } from '../words';

const ROLES = roles.map((role) => ({ ...roleChoices.find(({ value }) => value === role)!, powers: powersOf(role) }));
const EVERYBODY = powersOf('anyone');

/** What each role is for and may do: the table by which every act is decided, in words. */
@Page({ at: 'administration/roles', folder: 'administration/roles', may: 'membership.list', states: ['all'] })
export class RolesPage {
  @Get()
  show(): View {
    return show({ roles: ROLES, everybody: EVERYBODY });
  }
}
