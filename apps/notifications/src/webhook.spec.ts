import { eventClasses } from '@concordat/contracts';
import fc from 'fast-check';
import { subscribableTypes } from './subscribable';
import {
  afterAttempt,
  ALERT_AFTER_MS,
  alertOf,
  audienceOf,
  changed,
  DEAD_AFTER_MS,
  mayChangeKey,
  mayChangeSecret,
  payloadOf,
  signing,
  switchOver,
  waitAfter,
  type Webhook,
} from './webhook';

const NOW = new Date('2026-11-29T12:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);
const webhook = (more: Partial<Webhook> = {}): Webhook => ({
  ...{ id: 'w', orgId: 'o', name: null, url: 'https://a.example/', events: [], state: 'live', offReason: null },
  ...{ failingSince: null, version: 1, ...more },
});
const FAILED = { status: 500, outcome: 'refused' } as const;

describe('a webhook', () => {
  it('waits longer after each failure, up to an hour and a half, never the same', () => {
    expect([1, 2, 3, 11, 40].map((n) => waitAfter(n, 0.5))).toEqual([5_000, 10_000, 20_000, 3_600_000, 3_600_000]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (n, random) => {
        const wait = waitAfter(n, random);
        expect(wait).toBeGreaterThanOrEqual(2_500);
        expect(wait).toBeLessThan(5_400_000);
      }),
    );
  });

  it('has failed at no address but the one that it has, and is on or off as before', () => {
    const failing = webhook({ failingSince: NOW, state: 'off', offReason: 'dead' });
    expect(changed(failing, { name: 'Case system' })).toEqual({ ...failing, name: 'Case system', version: 2 });
    expect(changed(failing, { url: 'https://b.example/' })).toEqual({
      ...{ ...failing, url: 'https://b.example/', failingSince: null, version: 2 },
    });
  });

  it('is switched off after three days in which nothing was taken, and not before', () => {
    const failing = afterAttempt(webhook(), FAILED, NOW);
    expect(failing).toMatchObject({ state: 'live', failingSince: NOW });
    expect(afterAttempt(failing, FAILED, later(DEAD_AFTER_MS - 1)).state).toBe('live');
    expect(afterAttempt(failing, FAILED, later(DEAD_AFTER_MS))).toMatchObject({
      state: 'off',
      offReason: 'dead',
      version: 2,
    });
    const taken = afterAttempt(failing, { status: 204, outcome: 'taken' }, later(1_000));
    expect(taken.failingSince).toBeNull();
    expect(afterAttempt(taken, FAILED, later(DEAD_AFTER_MS)).state).toBe('live');
  });

  it('is switched off at once by 410 Gone, and on again by an administrator', () => {
    const gone = afterAttempt(webhook(), { status: 410, outcome: 'refused' }, NOW);
    expect(gone).toMatchObject({ state: 'off', offReason: 'gone' });
    expect(switchOver(gone, 'on')).toMatchObject({ state: 'live', offReason: null, failingSince: null });
    expect(() => switchOver(gone, 'off')).toThrow(expect.objectContaining({ code: 'webhook.state' }));
  });

  it('is told of to its administrators after an hour in which nothing was taken, once, and again when it is switched off', () => {
    const failing = webhook({ failingSince: NOW });
    const at = (ms: number, is: Partial<Webhook> = {}) => alertOf(failing, { ...failing, ...is }, later(ms));
    expect(at(ALERT_AFTER_MS - 1)).toBeNull();
    expect([at(ALERT_AFTER_MS), at(3 * ALERT_AFTER_MS)]).toEqual([NOW, NOW]);
    expect(at(DEAD_AFTER_MS, { state: 'off' })).toEqual(later(DEAD_AFTER_MS));
    expect(at(5_000, { failingSince: null })).toBeNull();
    const paused = webhook({ state: 'off', offReason: 'administrator', failingSince: NOW });
    expect(alertOf(paused, paused, later(DEAD_AFTER_MS))).toBeNull();
  });

  it('signs with both keys while one replaces the other', () => {
    const [old, fresh] = [
      { id: 'old', endsAt: later(1_000) },
      { id: 'new', endsAt: null },
    ];
    expect(signing([old, fresh], NOW)).toHaveLength(2);
    expect(signing([old, fresh], later(1_000)).map((k) => k.id)).toEqual(['new']);
    expect(() => mayChangeKey([old, fresh], NOW)).toThrow(expect.objectContaining({ code: 'webhook.two-keys' }));
    expect(() => mayChangeKey([old, fresh], later(1_000))).not.toThrow();
    expect(() => mayChangeSecret('new', [old, fresh], NOW)).toThrow(
      expect.objectContaining({ code: 'webhook.two-secrets' }),
    );
    expect(() => mayChangeSecret('none', [old], later(1_000))).toThrow(
      expect.objectContaining({ code: 'webhook.no-secret' }),
    );
    expect(() => mayChangeSecret('none', [old, fresh], NOW)).not.toThrow();
  });
});

describe('who hears of an event', () => {
  const [CASE, REFERRAL, A, B] = [1, 2, 3, 4].map((n) => `00000000-0000-4000-8000-00000000000${n}`) as [
    string,
    string,
    string,
    string,
  ];

  it('are agencies that it names, or those that take part in its case; and every record in it is looked at', () => {
    const submitted = { referralId: REFERRAL, referringOrg: A, receivingOrg: B, pathway: 'vulnerability' };
    expect(audienceOf('referrals.referral-submitted.v1', REFERRAL, submitted)).toEqual({
      ...{ orgs: [A, B], caseId: null, records: [REFERRAL, A, B] },
    });
    expect(audienceOf('records.case-opened.v1', CASE, { caseId: CASE, leadOrg: A, people: [REFERRAL] })).toEqual({
      ...{ orgs: [], caseId: CASE, records: [CASE, A, REFERRAL] },
    });
    expect(audienceOf('sharing.agreement-changed.v1', CASE, { ownerOrg: A, parties: [A, B] })?.orgs).toEqual([A, A, B]);
  });

  it('is nobody for what is not on the list', () => {
    for (const type of ['records.glass-broken.v1', 'records.restriction-changed.v1', 'constructor'])
      expect(audienceOf(type, CASE, { caseId: CASE, orgId: A })).toBeNull();
  });

  it('is asked about events that there are', () => {
    expect(subscribableTypes.filter((type) => !eventClasses.has(type))).toEqual([]);
  });

  it('are told type, time and ids, and nothing else of it', () => {
    expect(payloadOf('records.case-flag-changed.v1', NOW, { id: CASE, version: '3', caseId: CASE })).toEqual({
      ...{ type: 'records.case-flag-changed.v1', timestamp: '2026-11-29T12:00:00.000Z' },
      data: { id: CASE, version: '3', caseId: CASE },
    });
  });
});
