import { applicationOf, inPlace, plainly } from '../asb/application-form';
import { Submitted } from '../design/submitted';
import { choice, date, labelled, long } from './fields';

const fields = [choice('code', 'Who was told?', []), date('sentOn', 'When was it sent?'), long('reason', 'Why?')];
const said = (field: string, code: string, message: string, values = {}) =>
  labelled([{ field, code, message }], fields, values)[0]!.message;

describe('what is wrong with a form', () => {
  it('is told with its question, and what was left out is told from what is wrong', () => {
    expect(said('code', 'not-in-list', 'Choose one of the list')).toBe('Answer: Who was told?');
    expect(said('reason', 'required', 'This is needed')).toBe('Answer: Why?');
    expect(said('sentOn', 'not-a-date', 'This must be a real date: year, month and day')).toBe(
      'Answer: When was it sent?',
    );
    const typed = { 'sentOn-day': '31', 'sentOn-month': '2', 'sentOn-year': '2026' };
    expect(said('sentOn-day', 'not-a-date', 'The date must be a real date, like 27 3 2025', typed)).toBe(
      'Enter a real date, like 27 3 2025: When was it sent?',
    );
    expect(said('reason', 'too-long', 'Use at most 2000 characters', { reason: 'long' })).toBe(
      'Use at most 2000 characters: Why?',
    );
  });

  it('keeps words that say it already, and what is of no field', () => {
    expect(said('code', 'required', 'Choose the outcome')).toBe('Choose the outcome');
    expect(said('form', 'required', 'This is needed')).toBe('This is needed');
  });

  it('is in the order of the form, and what has no place in it comes last', () => {
    const at = ['form', 'reason', 'sentOn-day', 'code'].map((field) => ({
      field,
      code: 'required',
      message: 'Say it',
    }));
    expect(labelled(at, fields, {}).map(({ field }) => field)).toEqual(['code', 'sentOn-day', 'reason', 'form']);
  });

  it('names the complaint whose date is wrong to whoever applies for a review', () => {
    const sent = new Submitted({ 'complaints.1.behaviourOn-day': '40', 'complaints.1.behaviourOn-year': '2026' });
    applicationOf(sent);
    expect(plainly(sent.errors, sent)[0]!.message).toBe(
      'Complaint 2, when it happened, must be a real date, like 27 3 2025',
    );
    const empty = [{ field: 'complaints.1.complainedOn', code: 'not-a-date', message: 'This must be a real date' }];
    expect(plainly(empty, sent)[0]!.message).toBe('Answer: Complaint 2, when you complained');
    // The first was left blank, and so was not sent.
    const told = inPlace([{ field: 'complaints.0.complainedOn', code: 'out-of-order', message: 'x' }], sent);
    expect(told[0]!.field).toBe('complaints.1.complainedOn');
  });
});
