import { carriageProblems } from './carriage';

const mail = { SMTP_URL: 'smtp://name@mail.example:587', MAIL_FROM: 'a@b.example', MESSAGE_SECRETS_FOLDER: '/run/x' };
const template = '8fbb2f5c-6a9a-4f5c-9d43-4a0c7c6a9d10';

describe('the settings by which messages leave', () => {
  it('are none, or whole', () => {
    expect(carriageProblems({ NODE_ENV: 'production' })).toEqual([]);
    expect(carriageProblems({ ...mail, NODE_ENV: 'production', PUBLIC_URL: 'https://concordat.example' })).toEqual([]);
    expect(carriageProblems({ NOTIFY_TEXT_TEMPLATE: template, ...mail })).toEqual([]);
  });

  it.each([
    [{ SMTP_URL: mail.SMTP_URL }, ['MAIL_FROM is needed', 'MESSAGE_SECRETS_FOLDER is needed']],
    [{ ...mail, NOTIFY_EMAIL_TEMPLATE: template }, ['not by both']],
    [{ ...mail, SMTP_URL: 'https://mail.example' }, ['SMTP_URL must be like']],
    [{ ...mail, SMTP_URL: 'mail.example' }, ['SMTP_URL must be like']],
    [{ NOTIFY_TEXT_TEMPLATE: template }, ['MESSAGE_SECRETS_FOLDER is needed']],
    [{ ...mail, NODE_ENV: 'production' as const }, ['PUBLIC_URL is needed']],
    [{ ...mail, BOUNCE_PORT: 2525 }, ['given together']],
    [{ BOUNCE_ADDRESS: 'b@c.example', BOUNCE_PORT: 2525 }, ['Notify tells by receipts']],
    [{ ...mail, BOUNCE_ADDRESS: 'came-back-to-us@c.example', BOUNCE_PORT: 2525 }, ['at most 11 characters']],
  ])('say all that is wrong with %j', (given, expected) => {
    expect(carriageProblems(given)).toEqual(expected.map((words) => expect.stringContaining(words) as string));
  });

  it('hold no password, and repeat none', () => {
    const problems = carriageProblems({ ...mail, SMTP_URL: 'smtp://name:hunter2@mail.example' });
    expect(problems).toEqual([expect.stringContaining('must not hold a password')]);
    expect(problems.join()).not.toContain('hunter2');
  });
});
