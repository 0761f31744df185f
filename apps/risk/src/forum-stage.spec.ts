import { loadPacks } from '@concordat/packs';
import { join } from 'node:path';
import { mustBegin, mustEnd, stagesOf, stagesToBegin, stagesToEnd, type StageStart } from './forum-stage';

const packs = loadPacks(join(__dirname, '../../../packs/england-wales'));
const [CHANNEL, MASH, MARAC] = ['channel', 'mash', 'marac'].map((code) => packs.forumKind(code, '2026-12-01')!);
const start = (stage: string, beganOn: string): StageStart => ({
  ...{ stage, beganOn, byId: 'idris', orgId: 'council', at: `${beganOn}T10:00:00.000Z` },
});
const ground = { standing: 'submitted', referredOn: '2026-12-01', today: '2026-12-31' } as const;
const codeOf = (...given: Parameters<typeof mustBegin>) => refusal(() => mustBegin(...given));
const refusal = (taking: () => void) => {
  try {
    taking();
    return null;
  } catch (error) {
    const { code, details } = error as { code: string; details?: { errors?: { field: string; code: string }[] } };
    return details?.errors?.map((e) => `${e.field} ${e.code}`).join() ?? code;
  }
};

describe('stages of a case at a forum', () => {
  it('begin one after another: what begins ends the one before, and each says until when it takes and what stands behind that', () => {
    const starts = [
      start('police-assessment', '2026-12-01'),
      start('initial', '2026-12-04'),
      start('gathering', '2026-12-10'),
      start('panel', '2026-12-31'),
      start('after-refusal', '2027-01-05'),
    ];
    expect(stagesOf(CHANNEL!, starts).map((s) => [s.stage, s.endedOn, s.until, s.force])).toEqual([
      ['police-assessment', '2026-12-04', '2026-12-06', 'guidance'],
      ['initial', '2026-12-10', '2026-12-11', 'unverified'],
      // Ten working days with both holidays of Christmas; Boxing Day is observed on the Monday.
      ['gathering', '2026-12-31', '2026-12-24', 'unverified'],
      ['panel', '2027-01-05', '2027-01-31', 'unverified'],
      ['after-refusal', null, null, 'law'],
    ]);
    expect(stagesOf(CHANNEL!, [start('gone', '2026-12-01')])[0]).toMatchObject({
      title: 'gone',
      until: null,
      force: null,
    });
  });

  it('can be any of the kind but the one that runs, and come again later', () => {
    const [stage, day] = ['initial', '2026-12-04'];
    expect(codeOf(CHANNEL!, [], { stage, beganOn: day }, ground)).toBeNull();
    expect(codeOf(CHANNEL!, [start(stage, day)], { stage, beganOn: day }, ground)).toBe('forum-stage.runs');
    const since = [start(stage, day), start('gathering', '2026-12-08')];
    expect(codeOf(CHANNEL!, since, { stage, beganOn: '2026-12-09' }, ground)).toBeNull();
    expect(stagesToBegin(CHANNEL!, since).map((s) => s.code)).not.toContain('gathering');
    expect(stagesToBegin(CHANNEL!, since)).toHaveLength(CHANNEL!.stages!.length - 1);
    expect(stagesToBegin(MARAC!, [])).toEqual([]);
  });

  it('begin on a day that can be: after the referral and the stage before, and not in the future', () => {
    const begun = [start('initial', '2026-12-10')];
    const at = (beganOn: string, stage = 'gathering') => codeOf(CHANNEL!, begun, { stage, beganOn }, ground);
    expect(at('2026-12-10')).toBeNull();
    expect(at('2026-12-09')).toBe('beganOn too-early');
    expect(at('2026-11-30')).toBe('beganOn too-early');
    expect(at('2027-01-01')).toBe('beganOn in-the-future');
    expect(at('2026-12-10', 'stepping-up')).toBe('stage stage.unknown');
    for (const standing of ['returned', 'not-accepted', 'challenged', 'refused'] as const)
      expect(codeOf(CHANNEL!, begun, { stage: 'gathering', beganOn: '2026-12-10' }, { ...ground, standing })).toBe(
        'forum-stage.not-open',
      );
  });

  it('of a hub run side by side, each until its end is on record, and nothing says how long they take', () => {
    const gathering = start('gathering', '2026-12-02');
    const begun = [gathering, start('strategy-discussion', '2026-12-03')];
    expect(stagesToBegin(MASH!, []).map((s) => s.code)).toEqual([
      ...['gathering', 'strategy-discussion', 'assessment', 'stepping-up', 'stepping-down'],
    ]);
    expect(stagesOf(MASH!, begun).map((s) => [s.title, s.endedOn, s.until, s.force])).toEqual([
      ['Finding out what agencies know', null, null, 'local'],
      ['Strategy discussion', null, null, 'local'],
    ]);
    // What waits for none may have begun before what is on record already.
    expect(codeOf(MASH!, begun, { stage: 'assessment', beganOn: '2026-12-02' }, ground)).toBeNull();
    expect(codeOf(MASH!, begun, { stage: 'gathering', beganOn: '2026-12-04' }, ground)).toBe('forum-stage.runs');
    const ended = [...begun, { ...start('gathering', '2026-12-05'), ends: true }];
    expect(stagesOf(MASH!, ended).map((s) => [s.stage, s.endedOn])).toEqual([
      ['gathering', '2026-12-05'],
      ['strategy-discussion', null],
    ]);
    expect([begun, ended].map((all) => stagesToEnd(MASH!, all).map((s) => s.code))).toEqual([
      ['gathering', 'strategy-discussion'],
      ['strategy-discussion'],
    ]);
    expect(codeOf(MASH!, ended, { stage: 'gathering', beganOn: '2026-12-06' }, ground)).toBeNull();
    const ending = (endedOn: string, stage = 'gathering', starts = begun, kind = MASH!) =>
      refusal(() => mustEnd(kind, starts, { stage, endedOn }, ground));
    expect([ending('2026-12-02'), ending('2026-12-01'), ending('2027-01-01')]).toEqual([
      ...[null, 'endedOn too-early', 'endedOn in-the-future'],
    ]);
    expect([ending('2026-12-06', 'gathering', ended), ending('2026-12-06', 'assessment')]).toEqual([
      ...['forum-stage.not-running', 'forum-stage.not-running'],
    ]);
    // One after another, a stage ends with the next alone.
    expect(ending('2026-12-06', 'initial', [start('initial', '2026-12-02')], CHANNEL)).toBe('forum-stage.not-running');
  });
});
