import { newId } from '@concordat/contracts';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Notify } from './notify';

interface Asked {
  readonly path: string;
  readonly token: string;
  readonly body: Readonly<Record<string, unknown>>;
}
/** What the API answers with, as its documentation has it: a status, and the errors of one that is no success. */
interface Answer {
  readonly status: number;
  readonly errors?: readonly { readonly error: string; readonly message: string }[];
}
const refusal = (status: number, error: string, message: string): Answer => ({ status, errors: [{ error, message }] });
const json = (part: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;

/** An HTTP server in the place of GOV.UK Notify: nobody here has a key for that. */
describe('by GOV.UK Notify, letters', () => {
  const asked: Asked[] = [];
  let answer: Answer | 'nothing' = { status: 201 };
  let api: Server;
  let url = '';
  beforeAll(async () => {
    await import('notifications-node-client'); // what it takes to load is no time that the service took to answer
    api = createServer((request: IncomingMessage, response) => {
      void text(request).then((body) => {
        const token = (request.headers.authorization ?? '').replace('Bearer ', '');
        asked.push({ path: request.url ?? '', token, body: JSON.parse(body) as Asked['body'] });
        if (answer === 'nothing') return request.socket.destroy();
        const { status, errors } = answer;
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(errors ? { status_code: status, errors } : { id: newId() }));
      });
    });
    await new Promise<void>((ready) => api.listen(0, '127.0.0.1', ready));
    url = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((closed) => api.close(closed)));

  const [service, secret, template] = [newId(), newId(), newId()];
  const letter = { id: newId(), channel: 'email', subject: 'Something', text: 'needs you' } as const;
  const carried = (given: Answer | 'nothing', channel: 'email' | 'text' = 'email') => {
    answer = given;
    const notify = new Notify({ url, key: `the-name-of-a-key-${service}-${secret}`, template });
    return notify.carry({ ...letter, channel, to: channel === 'email' ? 'amina@northbank.example' : '+447700900123' });
  };

  it('go out under the template, with the notice for a reference, signed by the key', async () => {
    asked.length = 0;
    expect(await carried({ status: 201 })).toEqual({ outcome: 'taken' });
    expect(await carried({ status: 201 }, 'text')).toEqual({ outcome: 'taken' });
    const sent = { template_id: template, reference: letter.id };
    const words = { personalisation: { subject: 'Something', body: 'needs you' } };
    expect(asked.map(({ path, body }) => [path, body])).toEqual([
      ['/v2/notifications/email', { ...sent, ...words, email_address: 'amina@northbank.example' }],
      ['/v2/notifications/sms', { ...sent, ...words, phone_number: '+447700900123' }],
    ]);
    for (const { token } of asked) {
      const [head = '', claims = '', signature = ''] = token.split('.');
      expect(json(head)).toEqual({ typ: 'JWT', alg: 'HS256' });
      expect(json(claims)).toEqual({ iss: service, iat: expect.any(Number) });
      expect(createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url')).toBe(signature);
    }
  });

  const later = { outcome: 'later' };
  const refused = (which: string) => ({ outcome: 'refused', which });
  it.each<[Answer | 'nothing', object]>([
    [refusal(400, 'ValidationError', 'email_address Not a valid email address'), refused('recipient')],
    [refusal(400, 'ValidationError', 'phone_number Must not contain letters or symbols'), refused('recipient')],
    [refusal(400, 'ValidationError', 'personalisation is not of type object'), refused('message')],
    // Mended by whoever runs the installation: a template that is not there, places that it has and nobody fills, a service in trial.
    [refusal(400, 'BadRequestError', 'Template not found'), later],
    [refusal(400, 'BadRequestError', 'Missing personalisation: name'), later],
    [refusal(400, 'BadRequestError', 'Can’t send to this recipient when service is in trial mode'), later],
    [refusal(401, 'AuthError', 'Unauthorized: authentication token must be provided'), later],
    [refusal(403, 'AuthError', 'Invalid token: API key not found'), later],
    [refusal(404, 'NoResultFound', 'No result found'), later],
    [refusal(429, 'RateLimitError', 'Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds'), later],
    [refusal(429, 'TooManyRequestsError', 'Exceeded send limits (250,000) for today'), later],
    [refusal(500, 'Exception', 'Internal server error'), later],
    [{ status: 503 }, later],
    ['nothing', later],
  ])('that are answered with %j come to %j', async (given, outcome) => {
    expect(await carried(given)).toEqual(outcome);
  });
});
