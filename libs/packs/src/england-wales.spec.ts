import { join } from 'node:path';
import { dueAt } from '@concordat/clocks';
import { inForce, loadPacks, type Packs } from './index';
import { frontDoorOutcomes, reasonKinds } from './types';

const folder = join(__dirname, '../../../packs/england-wales');
let packs: Packs;
beforeAll(() => {
  packs = loadPacks(folder);
});

describe('the shipped pack', () => {
  it('loads without findings, under its version', () => {
    expect(packs.version).toBe('england-wales@1.19.0');
  });

  it('offers the nine pathways, “something else” last', () => {
    expect(packs.pathways().map(({ code }) => code)).toEqual([
      'domestic-abuse',
      'anti-social-behaviour-vulnerability',
      'exploitation',
      'prevent',
      'hate-crime',
      'adult-safeguarding',
      'child-safeguarding',
      'weapon-or-knife',
      'other',
    ]);
  });

  it('keeps a case by rules that each say where they come from, and none of which counts as verified', () => {
    const { rules, moratoria } = packs.retention();
    expect(rules.map((r) => [r.id, r.trigger, r.period])).toEqual([
      ['last-involvement', 'last-involvement', 'P7Y'],
      ['adult-safeguarding', 'last-involvement', 'P8Y'],
      ['death-of-subject', 'subject-death', 'P10Y'],
      ['child', 'subject-birth', 'P25Y'],
      ['child-of-17', 'subject-birth', 'P26Y'],
    ]);
    expect(rules.every((r) => r.source.length > 20 && !r.verified)).toBe(true);
    expect(moratoria.flatMap((m) => m.kinds)).toEqual(['child-safeguarding', 'exploitation']);
  });

  it('says how a MARAC and a community MARAC work, the second by data alone', () => {
    const [marac, ccm] = ['marac', 'ccm'].map((forum) => packs.forumKind(forum, '2026-11-29')!);
    expect(marac?.criteria.map((c) => c.code)).toEqual([
      ...['visible-high-risk', 'professional-judgement', 'potential-escalation', 'repeat'],
    ]);
    expect(marac?.repeat?.definitions.map((d) => d.code)).toEqual(['current', 'older']);
    expect([marac?.order, marac?.review, marac?.consent]).toEqual(['children-first', 'one-off', 'preferred']);
    expect([ccm?.order, ccm?.review, ccm?.consent, ccm?.repeat]).toEqual([
      ...['as-listed', 'until-closed', 'norm', undefined],
    ]);
    expect(packs.forumKind('marac', '2024-03-31')).toBeUndefined();
    expect(packs.forumKind('mappa', '2026-11-29')).toBeUndefined();
    const [channel, mash] = ['channel', 'mash'].map((forum) => packs.forumKind(forum, '2026-11-29')!);
    expect([channel?.referredBy?.agencies, channel?.seats?.chair, channel?.homeAgency?.agency]).toEqual([
      ...[['POLICE', 'COUNCIL'], 'COUNCIL', 'POLICE'],
    ]);
    expect(channel?.voting).toMatchObject({ moreThanPercent: 50, otherwise: 'chair' });
    expect(channel?.decisions.filter((d) => d.after).map((d) => [d.code, d.after?.months])).toEqual([
      ...[
        ['consent-refused', 3],
        ['support-ended', 6],
        ['reviewed', 6],
      ],
    ]);
    expect([mash?.voting, mash?.review, mash?.decisions.filter((d) => d.again).map((d) => d.code)]).toEqual([
      ...[undefined, 'one-off', ['look-again']],
    ]);
    // Of its stages what nobody has verified is marked so; when to assess again after a refusal is the panel's to say.
    expect(channel?.stages?.map(({ within, force }) => [within?.value, within?.unit, force])).toEqual([
      [5, 'day', 'guidance'],
      ...[5, 10, 20].map((value) => [value, 'working-day', 'unverified']),
      ...[1, 3].map((value) => [value, 'month', 'unverified']),
      [undefined, undefined, 'law'],
      ...[6, 12].map((value) => [value, 'month', 'unverified']),
    ]);
    expect([channel?.version, packs.forumKind('channel', '2026-11-28')?.stages]).toEqual([2, undefined]);
    // Since then nothing is referred to it without the grounds of section 36, and work of a hub runs side by side.
    const [since, hub, community, asb] = ['channel', 'mash', 'ccm', 'asb-panel'].map((forum) =>
      packs.forumKind(forum, '2026-12-01')!,
    );
    expect(since?.criteria.filter(({ always }) => always).map(({ code }) => code)).toEqual(['reasonable-grounds']);
    expect(channel?.criteria.some(({ always }) => always)).toBe(false);
    expect([hub?.stages?.every(({ beside }) => beside), since?.stages?.some(({ beside }) => beside)]).toEqual([
      ...[true, false],
    ]);
    // A community conference is closed with the risk that is left, and a panel about antisocial behaviour has thresholds of its own.
    expect(community?.decisions.find(({ code }) => code === 'closed')?.record?.title).toBe('The risk that is left');
    expect([asb?.review, asb?.bandings]).toEqual(['until-closed', [{ instrument: 'asb-matrix', banding: 'stockton' }]]);
    expect(packs.destination('asb-panel')?.kind).toBe('forum');
    // The pathway of a concern about radicalisation leads to it.
    expect(packs.pathway('prevent')?.next.stepUp).toEqual(['channel']);
  });

  it('says what the return of a forum counts, and what a rate is measured against', () => {
    const marac = packs.forumStatistics('marac', '2026-11-29');
    expect([marac?.smallBelow, marac?.measure]).toEqual([
      5,
      { series: 'females-16-and-over', per: 10_000, recommended: 40 },
    ]);
    expect(marac?.groups.map((g) => g.code)).toEqual([
      ...['male', 'minoritised', 'lgbt', 'disabled', 'aged-16-17', 'harm-by-under-18'],
    ]);
    expect([marac?.version, marac?.shares?.force, packs.forumStatistics('marac', '2026-03-31')?.shares]).toEqual([
      ...[2, 'unverified', undefined],
    ]);
    expect(packs.forumStatistics('ccm', '2026-11-29')?.measure).toBeUndefined();
    expect(packs.forumStatistics('mash', '2026-11-29')).toBeUndefined();
    for (const { code } of packs.areas())
      expect(packs.population(code, 'females-16-and-over')).toMatchObject({
        ...{ title: 'Females aged 16 and over', vintage: 'demonstration, 2021', count: expect.any(Number) },
      });
    expect(packs.population('nowhere', 'females-16-and-over')).toBeUndefined();
  });

  it('tells of what falls due for an agreement, the earlier the longer it takes to sign again', () => {
    const { review, expiry, showExpiredFor, answersHold } = packs.agreementClocks();
    expect([review, expiry, showExpiredFor, answersHold]).toEqual([[60, 30, 7], [90, 30, 7], 90, 90]);
    expect(packs.agreementClocks().emergencyReview).toEqual({ workingDays: 1, calendar: 'front-door' });
  });

  it('answers a subject access request in a month, and withholds on the grounds that the partnership lists', () => {
    const { months, extendableByMonths, exemptions } = packs.rights().accessRequest;
    expect([months, extendableByMonths]).toEqual([1, 2]);
    expect(exemptions.map((e) => e.code)).toEqual([
      ...['s2p1-2', 's2p2-10', 's2p3', 's3p2-5', 's3p3-11', 's3p5-21', 's45-4'],
    ]);
    expect(exemptions.filter((e) => e.opinion).map((e) => e.code)).toEqual(['s3p2-5']);
  });

  it('offers instruments of risk by topic, each for itself, and keeps one for reading only', () => {
    const told = packs.instruments().map(({ code, use, scoring, judgement, groups }) => {
      const topics = groups.flatMap((group) => group.topics);
      return [code, topics.length, use, scoring, judgement];
    });
    expect(told).toEqual([
      ['safelives-dash', 24, 'current', 'count', 'raise'],
      ['police-dash', 27, 'current', 'none', 'decide'],
      ['stalking-screen', 11, 'current', 'none', 'decide'],
      ['coercive-control', 17, 'current', 'none', 'decide'],
      ['asb-matrix', 12, 'current', 'weight', 'raise'],
      ['prevent-factors', 22, 'history', 'none', 'decide'],
      ['generic-matrix', 6, 'current', 'weight', 'raise'],
    ]);
    expect(packs.instrument('prevent-factors', '2026-11-28')?.groups.map((group) => group.topics.length)).toEqual([
      13, 6, 3,
    ]);
    expect(packs.instrument('safelives-dash', '2024-03-31')).toBeUndefined();
    expect(packs.instrument('nothing', '2026-11-28')).toBeUndefined();
  });

  it('is frozen to the last leaf', () => {
    const pathway = packs.pathway('domestic-abuse');
    expect(Object.isFrozen(pathway)).toBe(true);
    expect(Object.isFrozen(pathway?.groups[0])).toBe(true);
    expect(() => ((pathway?.clocks[0] as { value: number }).value = 9)).toThrow(TypeError);
  });

  it('asks domestic abuse referrals for the four routes, each on its own', () => {
    const routes = packs.pathway('domestic-abuse')?.criteria ?? [];
    expect(routes.map(({ code }) => code)).toEqual([
      'visibleHighRisk',
      'professionalJudgement',
      'potentialEscalation',
      'repeat',
    ]);
    expect(routes.find(({ code }) => code === 'professionalJudgement')?.evidence).toBe('required');
    expect(routes[0]?.thresholds?.[0]).toMatchObject({ operator: '>=', value: 14, result: 'high', verified: true });
  });

  it('gives every pathway clocks to acknowledge, decide, return information and tell the referrer', () => {
    for (const pathway of packs.pathways()) {
      expect(inForce(pathway.clocks, '2026-11-24').map((clock) => clock.measures)).toEqual([
        'acknowledge',
        'decide',
        'information-return',
        'inform-referrer',
      ]);
    }
  });

  it('gives every pathway a scheme and a calendar with which its clocks can be computed', () => {
    for (const pathway of packs.pathways()) {
      const scheme = packs.colourScheme(pathway.colourScheme);
      const clocks = [...pathway.clocks, ...(scheme?.colours.flatMap((colour) => colour.clocks) ?? [])];
      expect(clocks.length).toBeGreaterThan(4);
      for (const clock of clocks) {
        const calendar = packs.calendar(clock.calendarId);
        if (!calendar) throw new Error(`no calendar ${clock.calendarId}`);
        const anchor = new Date('2026-11-24T10:00:00Z');
        expect(dueAt(clock, anchor, calendar).getTime()).toBeGreaterThan(anchor.getTime());
      }
    }
  });

  it.each([
    ['red', '2026-11-20T19:00:00.000Z'],
    ['amber', '2026-11-23T23:59:59.999Z'],
    ['green', '2026-11-25T23:59:59.999Z'],
  ])('northbank: %s, received on Friday at 15:00, is due at %s', (code, due) => {
    const colour = packs.colourScheme('northbank')?.colours.find((other) => other.code === code);
    const [clock] = inForce(colour?.clocks ?? [], '2026-11-20');
    const calendar = packs.calendar('front-door');
    if (!clock || !calendar) throw new Error('no clock or calendar');
    expect(dueAt(clock, new Date('2026-11-20T15:00:00Z'), calendar).toISOString()).toBe(due);
  });

  it('marks what a source leaves open as unverified, and ranks each scheme from the most urgent', () => {
    expect(packs.colourScheme('merton')?.verified).toBe(false);
    expect(packs.colourScheme('surrey')?.colours.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
    expect(packs.colourScheme('oxfordshire')?.ratedWithin[0]).toMatchObject({ value: 1, unit: 'workingDay' });
  });

  it('has coded reasons for each purpose, and an outcome for each of the front door’s', () => {
    for (const kind of reasonKinds) expect(packs.reasons(kind).length).toBeGreaterThan(2);
    const mapped = new Set(packs.outcomes().map(({ frontDoor }) => frontDoor));
    for (const name of frontDoorOutcomes) expect(mapped).toContain(name);
    expect(packs.consentGrounds()).toHaveLength(8);
  });

  it('knows what the codes of the next steps stand for', () => {
    for (const { next } of packs.pathways()) {
      for (const code of [...next.redirect, ...next.stepUp, ...next.stepDown]) {
        expect(packs.destination(code)?.title).toEqual(expect.any(String));
      }
    }
    expect(packs.destination('marac')?.kind).toBe('forum');
    expect(packs.destination('prevent')?.kind).toBe('pathway');
  });

  it('answers undefined for what it does not have', () => {
    expect(packs.pathway('nothing')).toBeUndefined();
    expect(packs.colourScheme('constructor')).toBeUndefined();
    expect(packs.calendar('')).toBeUndefined();
    expect(packs.destination('nothing')).toBeUndefined();
  });
});
