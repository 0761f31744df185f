import { Submitted } from '../../design/submitted';
import { fieldOfOutcome, outcomesFor, parse } from './form';

const reason = (code: string, explain = false) => ({ code, title: code, explain });
const reasons = {
  noFurtherAction: [reason('duplicate')],
  signpost: [reason('service')],
  redirect: [reason('other-risk', true)],
  stepUp: [reason('worse')],
  stepDown: [reason('better')],
  return: [],
  withdraw: [],
  decline: [],
  reopen: [],
  colours: [],
};
const pathway = {
  next: { redirect: ['mash'], stepUp: ['marac'], stepDown: [] },
  destinations: [{ code: 'mash', title: 'The hub' }, null],
};

describe('deciding', () => {
  it('offers what the pathway can lead to, with titles', () => {
    const outcomes = outcomesFor({ pathway, reasons } as unknown as Parameters<typeof outcomesFor>[0]);
    expect(outcomes.map((o) => o.value)).toEqual(['accept', 'redirect', 'step-up', 'signpost', 'no-further-action']);
    expect(outcomes[1]).toMatchObject({
      destinations: [{ value: 'mash', text: 'The hub' }],
      reasons: [{ value: 'other-risk', hint: 'Say more below' }],
    });
    expect(outcomes[0]).toMatchObject({ destinations: null, reasons: [] });
  });

  it('reads only the fields of the chosen outcome: without scripts the others are in view too', () => {
    const sent = new Submitted({
      outcome: 'redirect',
      'redirect.destination': 'mash',
      'redirect.reason': 'other-risk',
      'redirect.rationale': 'A child is at risk',
      'step-up.destination': 'marac',
      'accept.rationale': 'Ignore me',
    });
    expect(parse(sent)).toMatchObject({
      body: { outcome: 'redirect', destination: 'mash', reason: 'other-risk', rationale: 'A child is at risk' },
      problems: [],
    });
  });

  it('asks for what is missing by the field it belongs to', () => {
    const fields = (body: Record<string, string>) => parse(new Submitted(body)).problems.map((p) => p.field);
    expect(fields({})).toEqual(['outcome']);
    expect(fields({ outcome: 'discard' })).toEqual(['outcome']);
    expect(fields({ outcome: 'accept' })).toEqual([]);
    expect(fields({ outcome: 'step-up' })).toEqual(['step-up.destination', 'step-up.reason']);
    expect(fields({ outcome: 'no-further-action' })).toEqual(['no-further-action.reason']);
  });

  it('leads problems of the API to the field of the outcome', () => {
    const fieldOf = fieldOfOutcome(new Submitted({ outcome: 'signpost' }));
    expect([fieldOf('rationale'), fieldOf('outcome')]).toEqual(['signpost.rationale', 'outcome']);
  });
});
