import { loadPacks } from '@concordat/packs';
import { join } from 'node:path';
import { mustBegin, stagesOf, stagesToBegin, type StageStart } from './forum-stage';

const packs = loadPacks(join(__dirname, '../../../packs/england-wales'));
const [CHANNEL, MASH, MARAC] = ['channel', 'mash', 'marac'].map((code) => packs.forumKind(code, '2026-12-01')!);
const start = (stage: string, beganOn: string): StageStart => ({
  ...{ stage, beganOn, byId: 'idris', orgId: 'council', at: `${beganOn}T10:00:00.000Z` },
});
const ground = { standing: 'submitted', referredOn: '2026-12-01', today: '2026-12-31' } as const;
const codeOf = (...given: Parameters<typeof mustBegin>) => {
  try {
    mustBegin(...given);
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

  it('of a hub are looking into it, stepping up and stepping down, and nothing says how long they take', () => {
    const begun = [start('gathering', '2026-12-02'), start('stepping-up', '2026-12-03')];
    expect(stagesToBegin(MASH!, []).map((s) => s.code)).toEqual(['gathering', 'stepping-up', 'stepping-down']);
    expect(stagesOf(MASH!, begun).map((s) => [s.title, s.until, s.force])).toEqual([
      ['Finding out what agencies know', null, 'local'],
      ['Stepping up', null, 'local'],
    ]);
  });
});
