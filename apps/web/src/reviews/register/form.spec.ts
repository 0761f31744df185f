import { loadPacks } from '@concordat/packs';
import { join } from 'node:path';
import type { ReviewKind } from '../../apis/reviews';
import { Submitted } from '../../design/submitted';
import { askedOf, bodyOf, fieldFor } from './form';

const packs = loadPacks(join(__dirname, '../../../../../packs/england-wales'));
const kind = (code: string): ReviewKind => packs.reviewKind(code, '2026-06-01') as ReviewKind;
const OWHR = kind('offensive-weapons-homicide-review');
const [POLICE, NHS] = ['f124a373-4ae1-46c1-8aff-fbb48ae8f95a', '96401213-8741-44a4-a973-8cbd523aca42'];
const dated = (name: string, text: string): Record<string, string> =>
  Object.fromEntries(text.split(' ').map((value, i) => [`${name}-${['day', 'month', 'year'][i]}`, value]));

describe('the form of a notification', () => {
  it('asks for the dates that a kind begins with, and says which it cannot do without', () => {
    const codes = (list: readonly { code: string; needed: boolean }[]) => list.map((f) => `${f.code} ${f.needed}`);
    expect(codes(askedOf(kind('domestic-homicide-review')).own)).toEqual(['notice true', 'death false', 'aware true']);
    expect(codes(askedOf(kind('asb-case-review')).own)).toEqual(['application true']);
    expect(codes(askedOf(OWHR).perParty)).toEqual(['aware true']);
  });

  it('loses no partner’s date because the box beside it was not ticked', () => {
    const sent = new Submitted({ parties: POLICE, ...dated(`parties.${NHS}.aware`, '5 3 2026') });
    expect(bodyOf(OWHR, sent)).toMatchObject({
      parties: [POLICE, NHS],
      dates: [{ code: 'aware', date: '2026-03-05', party: NHS }],
    });
  });

  it('leads each problem to its field', () => {
    const sent = new Submitted({ ...dated('dates.death', '1 3 2026'), ...dated(`parties.${NHS}.aware`, '5 3 2026') });
    const fieldOf = fieldFor(bodyOf(OWHR, sent));
    expect(['dates.0.date', 'dates.1.date', 'dates.notice', 'about'].map(fieldOf)).toEqual([
      ...['dates.death-day', `parties.${NHS}.aware-day`, 'dates.notice-day', 'about'],
    ]);
  });
});
