import { afterStatus, bounceIn } from './bounce';

const dsn = (fields: readonly string[], of = 'message/delivery-status'): Buffer =>
  Buffer.from(
    [
      ...['From: Mail <postmaster@mail.example>', 'To: bounces@concordat.example', 'Subject: Not delivered'],
      ...['MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', '', '--b'],
      ...['Content-Type: text/plain', '', 'Action: delivered, it says here', '--b', `Content-Type: ${of}`, ''],
      ...['Reporting-MTA: dns; mail.example', '', ...fields, '', '--b', 'Content-Type: message/rfc822', ''],
      ...['Subject: Something needs you', 'Action: delivered', '', 'Sign in.', '--b--', ''],
    ].join('\r\n'),
  );

describe('word of a letter that comes back', () => {
  it('is what the fields about its recipient say, and nothing else of the mail', async () => {
    const failed = ['Final-Recipient: rfc822; somebody@council.example', 'Action: failed', 'Status: 5.1.1'];
    expect(await bounceIn(dsn(failed))).toEqual({ failure: 'recipient-refused' });
    expect(await bounceIn(dsn(['ACTION : Failed', 'status:4.4.7 (expired)']))).toEqual({ failure: 'temporary' });
    expect(await bounceIn(dsn(['Action: delayed', 'Status: 4.4.1']))).toBeNull();
  });

  it('is none in other mail, or in what cannot be read', async () => {
    expect(await bounceIn(dsn(['Action: failed', 'Status: 5.1.1'], 'text/plain'))).toBeNull();
    expect(await bounceIn(Buffer.from('Subject: I am away\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n'))).toBeNull();
    expect(await bounceIn(dsn([]))).toBeNull();
    expect(await bounceIn(Buffer.from([0, 255, 13, 10]))).toBeNull();
  });

  it.each([
    ['failed', '5.1.10', 'recipient-refused'],
    ['failed', '5.2.1', 'recipient-refused'],
    ['failed', '5.2.2', 'temporary'],
    ['failed', '5.4.4', 'temporary'],
    ['failed', '5.7.1', 'message-refused'],
    ['failed', '5.6.0', 'message-refused'],
    ['failed', '5.2.3', 'message-refused'],
    ['failed', '', 'temporary'],
  ])('%s with %s is %s', (action, status, failure) => {
    expect(afterStatus(action, status)).toEqual({ failure });
  });

  it('that it arrived is no failure, and what is on its way is nothing yet', () => {
    expect(afterStatus('delivered', '2.0.0')).toEqual({ delivered: true });
    expect([afterStatus('relayed', '2.0.0'), afterStatus('', '5.1.1')]).toEqual([null, null]);
  });
});
