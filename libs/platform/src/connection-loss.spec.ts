import type { ArgumentsHost } from '@nestjs/common';
import { isConnectionLoss } from './connection-loss';
import { ProblemFilter } from './http';

const failure = (code: string | undefined, message = 'x'): Error => Object.assign(new Error(message), { code });

describe('a database that is away', () => {
  it('is known by its classes of errors, or by the socket', () => {
    const away = ['57P01', '57P03', '08006', 'ECONNREFUSED', 'ETIMEDOUT'].map((code) => failure(code));
    expect(away.map(isConnectionLoss)).not.toContain(false);
    expect(isConnectionLoss(failure(undefined, 'Connection terminated unexpectedly'))).toBe(true);
    const mistakes = [failure('23505'), failure('42601'), failure(undefined, 'undefined is not a function'), 'text'];
    expect(mistakes.map(isConnectionLoss)).not.toContain(true);
  });

  it('is told as something to try again, without a word of the database', () => {
    const sent: { status?: number; body?: object } = {};
    const reply = {
      sent: false,
      status: (status: number) => ((sent.status = status), reply),
      type: () => reply,
      send: (body: object) => ((sent.body = body), reply),
    };
    const http = { getRequest: () => ({ url: '/api/x?name=Mira', headers: {} }), getResponse: () => reply };
    const log = { warn: jest.fn(), error: jest.fn() };
    new ProblemFilter(log as never).catch(failure('57P03', 'the database system is starting up'), {
      switchToHttp: () => http,
    } as unknown as ArgumentsHost);
    expect(sent).toMatchObject({ status: 503, body: { code: 'database.unreachable', instance: '/api/x' } });
    expect(JSON.stringify(sent.body)).not.toMatch(/starting|Mira/);
    expect(log.error).not.toHaveBeenCalled();
  });
});
