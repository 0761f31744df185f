import { loadPacks } from '@concordat/packs';
import { join } from 'node:path';
import { decisionProblems, resultOf } from './decision-rules';

const packs = loadPacks(join(__dirname, '../../../../packs/england-wales'));
const pathway = packs.pathway('domestic-abuse')!;
const codes = (asked: Parameters<typeof decisionProblems>[2]) =>
  decisionProblems(packs, pathway, asked).map((p) => `${p.field} ${p.code}`);

describe('decisions', () => {
  it('to accept need nothing, and have neither reason nor destination', () => {
    expect(codes({ outcome: 'accept' })).toEqual([]);
    expect(codes({ outcome: 'accept', reason: 'risk-increased', destination: 'marac' })).toEqual([
      'destination not-asked',
      'reason not-asked',
    ]);
  });

  it('of every other kind need a reason of their own list', () => {
    expect(codes({ outcome: 'no-further-action' })).toEqual(['reason required']);
    expect(codes({ outcome: 'no-further-action', reason: 'serious-harm' })).toEqual(['reason not-in-list']);
    expect(codes({ outcome: 'no-further-action', reason: 'duplicate' })).toEqual([]);
    expect(codes({ outcome: 'signpost', reason: 'housing-advice' })).toEqual([]);
  });

  it('whose reason is not plain by itself need words', () => {
    expect(codes({ outcome: 'no-further-action', reason: 'no-risk-found' })).toEqual(['rationale required']);
    expect(codes({ outcome: 'no-further-action', reason: 'no-risk-found', rationale: 'Seen' })).toEqual([]);
  });

  it('to move on need a destination to which the pathway can lead', () => {
    const because = { reason: 'serious-harm', rationale: 'Threats' };
    expect(codes({ outcome: 'step-up', ...because })).toEqual(['destination required']);
    expect(codes({ outcome: 'step-up', destination: 'marac', ...because })).toEqual([]);
    expect(codes({ outcome: 'step-up', destination: 'early-help', ...because })).toEqual(['destination not-in-list']);
    expect(codes({ outcome: 'signpost', reason: 'housing-advice', destination: 'marac' })).toEqual([
      'destination not-asked',
    ]);
  });

  it('are counted as their reason or destination implies, unless another outcome that fits is named', () => {
    expect(resultOf(packs, { outcome: 'accept' })).toBe('case-opened');
    expect(resultOf(packs, { outcome: 'step-up', destination: 'marac', reason: 'serious-harm' })).toBe('panel-marac');
    expect(resultOf(packs, { outcome: 'no-further-action', reason: 'duplicate' })).toBe('duplicate');
    expect(resultOf(packs, { outcome: 'accept', result: 's17-assessment' })).toBe('s17-assessment');
    expect(codes({ outcome: 'accept', result: 'duplicate' })).toEqual(['result not-in-list']);
  });
});
