import { calendarFile } from './calendar-file';

const now = new Date('2026-11-29T14:00:00Z');

describe('a calendar file', () => {
  it('has an entry of a day and one with a time, and tells of neither what it is', () => {
    const entries = [
      { id: '0b0f3c5e-6a54-4f0e-9d5c-3f1f5a9c1b7e', version: 2, dueAt: new Date('2027-07-01T22:59:59.999Z') },
      { id: '5a0e6c1d-2f43-4f7c-8c8e-2b8f3f0f4a11', version: 1, dueAt: new Date('2026-12-01T15:30:00Z') },
    ];
    const file = calendarFile(entries, 'https://concordat.example/deadlines', now);
    expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(file.replaceAll('\r\n', '')).not.toContain('\n');
    const unfolded = file.replaceAll('\r\n ', '');
    expect(unfolded).toContain(
      'UID:0b0f3c5e-6a54-4f0e-9d5c-3f1f5a9c1b7e@concordat\r\nSEQUENCE:2\r\nDTSTAMP:20261129T140000Z\r\nDTSTART;VALUE=DATE:20270701\r\n',
    );
    expect(unfolded).toContain('DTSTART:20261201T153000Z\r\n');
    expect([...unfolded.matchAll(/SUMMARY:(.*)\r\n/g)].map((m) => m[1])).toEqual(
      Array(2).fill('Concordat: something is due'),
    );
    expect(unfolded.match(/BEGIN:VEVENT/g)).toHaveLength(2);
  });
});
