import type { AgreementDocument } from '../../apis/agreements';
import { Submitted } from '../../design/submitted';
import { readQuestion } from './form';

const document = { id: 'northbank-marac', dataItems: [] } as unknown as AgreementDocument;
const body = {
  ...{
    recipients: 'o2',
    purpose: 'MARAC',
    items: 'NAME',
    match: 'EXACT',
    method: 'CONCORDAT',
    'consent.state': 'GIVEN',
  },
};
const read = (more: object, meets: boolean) => {
  const sent = new Submitted({ ...body, ...more });
  return { question: readQuestion(sent, document, 'o1', meets), wrong: sent.errors.map((e) => `${e.field} ${e.code}`) };
};

describe('the form of "may I share this?"', () => {
  it('names the meeting at which it is shared, which must be one that the visitor sits in', () => {
    const at = read({ setting: 'MEETING', meetingId: 'm1' }, true);
    expect([at.wrong, at.question]).toEqual([[], expect.objectContaining({ setting: 'MEETING', meetingId: 'm1' })]);
    expect(read({ setting: 'MEETING' }, true).wrong).toEqual(['meetingId required']);
    expect(read({ setting: 'MEETING', meetingId: 'm1' }, false).wrong).toEqual(['setting no-meeting']);
  });

  it('names none outside a meeting, whatever else was chosen', () => {
    const outside = read({ setting: 'OUTSIDE', meetingId: 'm1' }, true);
    expect([outside.wrong, 'meetingId' in outside.question]).toEqual([[], false]);
  });
});
