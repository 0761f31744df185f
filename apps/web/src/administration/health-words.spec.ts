import type { Standing } from '../apis/event-paths';
import { agoOf, findingsOf, healthOf, partsOf } from './health-words';

const standing = (values: Record<string, number>): Standing => ({
  process: 'all-in-one',
  parts: [
    { part: 'relay', trouble: null, ageMs: 200 },
    { part: 'partnership', trouble: null, ageMs: null },
    { part: 'sweep', trouble: 'no round for 40 s', ageMs: 40_000 },
  ],
  samples: Object.entries(values).map(([name, value]) => ({ name: `concordat_${name}`, labels: {}, value })),
});
const told = (values: Record<string, number>) => findingsOf(healthOf('risk', standing(values))).join('; ');

describe('how the services do', () => {
  it('is well while nothing waits for long, and says of each thing that is not what to look at', () => {
    expect(
      told({ outbox_unsent: 9, outbox_oldest_seconds: 60, inbox_oldest_seconds: 60, projection_age_seconds: 30 }),
    ).toBe('');
    expect(told({ outbox_oldest_seconds: 61 })).toContain('61 seconds ago has not been sent');
    expect(told({ inbox_oldest_seconds: 61 })).toContain('not been taken in');
    // What is held up waits because of that, and is told once.
    expect(told({ inbox_oldest_seconds: 61, parked_streams: 1 })).toBe(
      'Records are held up. Mend the cause, then try them again',
    );
    expect(told({ malformed_records: 1 })).toContain('could not be read');
    expect(told({ projection_age_seconds: 31 })).toContain('refuses everybody');
    expect(findingsOf(healthOf('risk', null))).toEqual([expect.stringContaining('does not answer')]);
  });

  it('adds up what is counted by kind, and takes the oldest; a broker that there is not lags nowhere', () => {
    const two = standing({ outbox_unsent: 2 });
    const both = { ...two, samples: [...two.samples, { name: 'concordat_outbox_unsent', labels: {}, value: 3 }] };
    expect(healthOf('risk', both)).toMatchObject({ unsent: 5, lag: null });
    expect(healthOf('risk', standing({ kafka_lag: 0 })).lag).toBe(0);
  });

  it('shows the parts of a process once, however many services are in it, and those that work in rounds', () => {
    expect(partsOf([standing({}), null, standing({})])).toEqual([
      {
        process: 'all-in-one',
        troubles: ['sweep: no round for 40 s'],
        parts: [
          { part: 'relay', trouble: null, ago: 'just now' },
          { part: 'sweep', trouble: 'no round for 40 s', ago: '40 seconds ago' },
        ],
      },
    ]);
    expect([1, 120, 7_200].map(agoOf)).toEqual(['1 second ago', '2 minutes ago', '2 hours ago']);
  });
});
