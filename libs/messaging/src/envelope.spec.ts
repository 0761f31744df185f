import { newEventId, newId, ReferralWithdrawn, type CloudEvent } from '@concordat/contracts';
import fc from 'fast-check';
import { decode, readEnvelope, withVersion } from './envelope';
import { header } from './rig.contract';

const event = (more: Partial<CloudEvent> = {}): Partial<CloudEvent> => ({
  specversion: '1.0',
  id: newEventId(),
  source: 'referrals',
  subject: newId(),
  type: 'referrals.referral-withdrawn.v1',
  time: new Date().toISOString(),
  caseversion: '3',
  correlationid: newId(),
  data: { ...header(newId()), reason: 'no-longer-needed' },
  ...more,
});
const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

describe('readEnvelope', () => {
  it('reads where a record belongs, and keeps its bytes', () => {
    const body = bytes(event({ caseversion: '9007199254740993' }));
    expect(readEnvelope('referrals', body)).toMatchObject({ version: 9007199254740993n, body });
  });

  it.each([
    ['no JSON', Buffer.from('{')],
    ['JSON of another kind', bytes('text')],
    ['null', bytes(null)],
    ['no version', bytes(event({ caseversion: undefined } as never))],
    ['a version that is a number', bytes({ ...event(), caseversion: 3 })],
    ['version zero', bytes(event({ caseversion: '0' }))],
    ['a subject that is no id', bytes(event({ subject: 'x' }))],
    ['no type', bytes({ ...event(), type: undefined })],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0])],
  ])('takes a record with %s for malformed', (_, body) => {
    expect(readEnvelope('referrals', body)).toBeNull();
  });

  it('never throws (C3)', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json().map((s) => Buffer.from(s)),
          fc.uint8Array().map((a) => Buffer.from(a)),
        ),
        (body) => {
          readEnvelope('referrals', body);
        },
      ),
    );
  });
});

describe('decode', () => {
  const read = (value: unknown) => decode(readEnvelope('referrals', bytes(value))!);

  it('gives an instance of the event class', () => {
    expect(read(event()).data).toBeInstanceOf(ReferralWithdrawn);
  });

  it('allows what a newer producer added (K4)', () => {
    const given = event();
    expect(read({ ...given, data: { ...(given.data as object), added: 1 } }).data).toMatchObject({ added: 1 });
  });

  it.each([
    ['event.unknown-type', { type: 'referrals.referral-teleported.v9' }],
    ['event.invalid', { data: { referralId: 'x' } }],
    ['event.invalid', { data: undefined }],
    ['event.invalid', { data: [] }],
    ['event.invalid', { data: 'text' }],
  ])('refuses with %s what cannot be applied: %j', (code, more) => {
    expect(() => read({ ...event(), ...more })).toThrow(expect.objectContaining({ code }) as Error);
  });
});

it('withVersion adds the number to the bytes of an act and changes nothing else', () => {
  const act = { id: newEventId(), data: { a: 'é' } };
  const numbered = withVersion(bytes(act), 7n);
  expect(JSON.parse(numbered.toString())).toEqual({ ...act, caseversion: '7' });
  expect(withVersion(bytes(act), 7n)).toEqual(numbered);
});
