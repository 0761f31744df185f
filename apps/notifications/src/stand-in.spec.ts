import { newId } from '@concordat/contracts';
import { problemsOf } from './stand-in';

const [me, colleague] = [newId(), newId()];
const day = (text: string, end = false) => new Date(`${text}T${end ? '23:59:59.999' : '00:00:00.000'}Z`);
const given = { by: me, known: true, others: [], today: day('2026-12-01') };
const away = (from: string, until: string, toId = colleague) => ({ toId, fromAt: day(from), until: day(until, true) });

describe('handing over while away', () => {
  it('may begin today, and for one day', () => {
    expect(problemsOf(away('2026-12-01', '2026-12-01'), given)).toEqual([]);
  });

  it.each([
    ['to oneself', away('2026-12-01', '2026-12-05', me), given, 'toId'],
    ['to nobody of the agency', away('2026-12-01', '2026-12-05'), { ...given, known: false }, 'toId'],
    ['backwards', away('2026-12-05', '2026-12-01'), given, 'until'],
    ['when it is past', away('2026-11-01', '2026-11-30'), given, 'until'],
    ['for more than half a year', away('2026-12-01', '2027-12-01'), given, 'until'],
    ['twice', away('2026-12-05', '2026-12-09'), { ...given, others: [away('2026-12-09', '2026-12-20')] }, 'from'],
  ])('may not be %s', (_, wanted, more, field) => {
    expect(problemsOf(wanted, more).map((p) => p.field)).toEqual([field]);
  });
});
