import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { messages } from './messages-shape';
import { Reading, Spot } from './reading';

const shipped = readFileSync(join(__dirname, '../../../packs/england-wales/messages.yaml'), 'utf8');

function findings(from: string, to: string): string {
  expect(shipped).toContain(from);
  const reading = new Reading();
  const lines = new LineCounter();
  const text = shipped.replace('kind: messages\n', '').replace(from, to);
  messages(parseDocument(text, { lineCounter: lines }).contents, new Spot(reading, 'messages.yaml', lines));
  return reading.findings.map(({ path, reason }) => `${path}: ${reason}`).join('\n');
}

describe('what people are told outside of the pages', () => {
  it('is read when all is in order', () => {
    expect(findings('gatherSeconds: 60', 'gatherSeconds: 30')).toBe('');
  });

  it.each([
    ['says whom it is about', 'in Concordat. ((late))', 'in Concordat. ((name))', /now\.body: has no place “name”/],
    ['leads nowhere', "see what it is: ((link))'", "see what it is'", /textNow: lacks the place “link”/],
    [
      'has a place in its subject',
      'subject: Something needs you in',
      'subject: ((things)) in',
      /one line without places/,
    ],
    ['comes in a rhythm that is no choice', 'choices: [now]', 'choices: [daily]', /have “now” among its choices/],
    ['is told by text but never at once', 'choices: [now, daily], text', 'choices: [daily], text', /among its choices/],
    ['leaves a kind out', '- { kind: forum-flag', '- { kind: triage', /“triage” twice/],
  ])('is refused when it %s', (_, from, to, expected) => {
    expect(findings(from, to)).toMatch(expected);
  });
});
