import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const SHOWN_LINES = 25;
const SHOWN_WIDTH = 240;

/**
 * Adds up what jest said in the JSON files of its runs. A suite that could not even be loaded counts as one failure:
 * jest itself counts no test for it. A test that was skipped is counted, and named with the reason in its titles.
 */
export class Summary {
  passed = 0;
  failed = 0;
  skipped = 0;
  failures = [];
  skips = [];
  files = [];

  /** One run of jest; without a readable result (it crashed, or was killed) that is a failure too. */
  add(step, jsonFile, root) {
    let result;
    try {
      result = JSON.parse(readFileSync(jsonFile, 'utf8'));
    } catch {
      this.fail(`${step}: jest ended without a result`);
      return 0;
    }
    for (const suite of result.testResults) {
      const file = relative(root, suite.name);
      this.addFile(step, file, suite.endTime - suite.startTime);
      const failedTests = suite.assertionResults.filter((test) => test.status === 'failed');
      if (suite.status === 'failed' && failedTests.length === 0) this.fail(`${step}: ${file} did not run`);
      for (const test of failedTests) this.fail(`${step}: ${file} › ${test.fullName}`, test.failureMessages?.[0]);
      for (const test of suite.assertionResults) {
        if (test.status === 'passed') this.passed++;
        else if (test.status !== 'failed') this.skip(`${step}: ${file} › ${test.fullName}`);
      }
    }
    return result.numTotalTests;
  }

  /** How long a file of tests took, to find the slow ones. */
  addFile(step, file, ms) {
    this.files.push({ step, file, ms });
  }

  /** `why` is shown with it at the end of the run, where it is found however long the run's own output was. */
  fail(what, why = '') {
    this.failed++;
    this.failures.push([what, ...firstLines(why)].join('\n      '));
  }

  skip(what) {
    this.skipped++;
    this.skips.push(what);
  }

  slowest(count) {
    return [...this.files].sort((a, b) => b.ms - a.ms).slice(0, count);
  }

  get closingLine() {
    return `${this.passed} passed, ${this.failed} failed${this.skipped > 0 ? `, ${this.skipped} skipped` : ''}`;
  }
}

/** The beginning of a failure's message, without colours, blank lines and the frames of the test runner. */
function firstLines(message) {
  const lines = stripVTControlCharacters(message).split('\n');
  const telling = lines.filter((line) => line.trim() !== '' && !/^\s+at .*(node_modules|node:internal)/.test(line));
  return telling.slice(0, SHOWN_LINES).map((line) => line.slice(0, SHOWN_WIDTH));
}
