import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { PackError } from './findings';
import { instrument } from './instrument-shape';
import { readPack } from './read';
import { Reading, Spot } from './reading';

const MATRIX = `version: 1
effectiveFrom: '2024-04-01'
source: a test
verified: true
code: matrix
title: Matrix
description: A matrix
use: current
scoring: weight
judgement: raise
open: [not-known]
bands:
  - { code: low, title: Low, meaning: Low }
  - { code: high, title: High, meaning: High }
banding: here
bandings:
  - { id: here, title: Here, version: 1, effectiveFrom: '2024-04-01', source: a test, verified: true,
      thresholds: [{ operator: '>=', value: 0, band: low }, { operator: '>', value: 4, band: high }] }
triggers:
  - { code: at-once, title: At once, topic: often, is: [daily], band: high }
groups:
  - code: all
    title: All
    topics:
      - { code: worse, type: yes-no, text: Worse, weight: 3 }
      - { code: often, type: choice, text: Often, options: [{ code: seldom, title: Seldom, weight: 0 }, { code: daily, title: Daily, weight: 2 }] }
      - { code: parts, type: parts, text: Parts, parts: [{ code: a, text: A }, { code: b, text: B }] }
      - { code: story, type: text, text: Story }
`;

/** What is wrong with the matrix once a text in it was replaced: place and reason of each. */
function findings(from: string, to: string): string[] {
  expect(MATRIX).toContain(from);
  const [lines, reading] = [new LineCounter(), new Reading()];
  const { contents } = parseDocument(MATRIX.replace(from, to), { lineCounter: lines });
  instrument(contents, new Spot(reading, 'matrix.yaml', lines));
  return reading.findings.map(({ line, path, reason }) => `${line}: ${path}: ${reason}`);
}

describe('an instrument', () => {
  it('is read when everything in it fits', () => expect(findings('Matrix', 'Matrix')).toEqual([]));

  it.each([
    [
      'a kind of topic that nobody knows',
      'type: text,',
      'type: slider,',
      /^28: groups\[0\]\.topics\[3\]\.type: must be one/,
    ],
    ['a topic asked twice', 'code: story', 'code: worse', /asks about “worse” twice/],
    ['a choice of nothing', 'type: text,', 'type: choice,', /topics\[3\]: options belong to a topic of type choice/],
    ['parts of a whole', 'type: parts,', 'type: yes-no,', /topics\[2\]: parts belong to a topic of type parts/],
    ['one part alone', ', { code: b, text: B }', '', /parts: must have at least 2/],
    ['a weight of words', 'text: Story', 'text: Story, weight: 2', /a topic of type text has no weight/],
    ['a yes of words', 'text: Story', 'text: Story, explain: true', /has no “yes” to explain/],
    ['a yes or no that may be left out', 'text: Worse', 'text: Worse, optional: true', /only a topic of type text/],
    ['an answer without a weight', 'title: Seldom, weight: 0', 'title: Seldom', /“often” has no weight/],
    ['a count of more than yes and no', 'scoring: weight', 'scoring: count', /“often” cannot be counted/],
    [
      'no score, and bandings',
      'scoring: weight\njudgement: raise',
      'scoring: none\njudgement: decide',
      /has no bandings/,
    ],
    ['no score, and something to raise', 'scoring: weight', 'scoring: none', /its judgement decides/],
    ['a judgement over a score', 'judgement: raise', 'judgement: decide', /raised by judgement, not decided/],
    ['a score without thresholds', 'banding: here\n', '', /names the banding that holds/],
    [
      'a scale that nothing uses',
      'triggers:',
      'scale: [{ code: a, title: A }, { code: b, title: B }]\ntriggers:',
      /a scale belongs/,
    ],
    [
      'thresholds that fall',
      "'>', value: 4, band: high",
      "'>=', value: 0, band: high",
      /thresholds and their bands must rise/,
    ],
    ['bands that fall', 'value: 4, band: high', 'value: 4, band: low', /thresholds and their bands must rise/],
    ['a score without a band', 'value: 0, band: low', 'value: 1, band: low', /the first threshold is >= 0/],
    ['a threshold of no band', 'value: 4, band: high', 'value: 4, band: grave', /no such band: “grave”/],
    ['a banding that nobody has', 'banding: here', 'banding: there', /no such banding: “there”/],
    ['a default that is not verified', 'verified: true,\n', 'verified: false,\n', /“here” is not verified/],
    ['a trigger of no topic', 'topic: often', 'topic: seldom', /trigger “at-once”: no such topic/],
    ['a trigger of words', 'topic: often, is: [daily]', 'topic: story', /words trigger nothing/],
    ['a trigger of no answer', 'is: [daily]', 'is: [weekly]', /no such answer: “weekly”/],
    ['a trigger of any answer', ', is: [daily]', '', /“is” belongs to chosen answers only/],
    ['a trigger of no band', 'is: [daily], band: high', 'is: [daily], band: grave', /trigger “at-once”: no such band/],
    ['a page that every instrument has', '- code: all', '- code: judgement', /is a page of every instrument/],
    [
      'an open answer that there is not',
      'open: [not-known]',
      'open: [maybe]',
      /open\[0\]: must be one of not-known, not-asked/,
    ],
    ['an end before its beginning', 'code: matrix', "code: matrix\neffectiveTo: '2024-03-31'", /effectiveTo is before/],
  ])('%s is refused', (_, from, to, expected) => expect(findings(from, to).join('\n')).toMatch(expected));

  it('keeps the pack from loading, by file and line, and so do two versions in force on one day', () => {
    const folder = join(__dirname, '../../../packs/england-wales');
    const shipped = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
    const text = shipped.find(({ file }) => file.endsWith('90-generic-matrix.yaml'))!.text;
    const loading = (file: string, more: string) => {
      try {
        readPack(folder, [...shipped, { file, text: more }]);
        return [];
      } catch (error) {
        return (error as PackError).findings.map((f) => `${f.file}:${f.line}: ${f.reason}`);
      }
    };
    const other = text.replace('code: generic-matrix', 'code: other').replaceAll('id: generic\n', 'id: mine\n');
    expect(loading('x.yaml', other.replace('banding: generic', 'banding: mine'))).toEqual([]);
    expect(loading('x.yaml', other)).toEqual(['x.yaml:1: no such banding: “generic”']);
    const ccm = shipped.find(({ file }) => file.endsWith('forum-kinds/ccm.yaml'))!.text;
    const kind = (banding: string) =>
      loading(
        'x.yaml',
        `${ccm.replace('forum: ccm', 'forum: hate-crime-panel')}bandings: [{ instrument: asb-matrix, banding: ${banding} }]\n`,
      );
    expect(kind('stockton')).toEqual([]);
    expect(kind('nowhere')).toEqual(['x.yaml:1: no such banding of “asb-matrix”: “nowhere”']);
    const second = text
      .replace('version: 1', 'version: 2')
      .replaceAll('id: generic\n    version: 1', 'id: generic\n    version: 2');
    expect(loading('x.yaml', second).join('\n')).toMatch(
      /x\.yaml:1: version 2 of “instrument generic-matrix” is in force together with version 1/,
    );
  });
});
