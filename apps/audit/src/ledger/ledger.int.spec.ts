import { newId } from '@concordat/contracts';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { AuditModule } from '../audit.module';
import { deliver, makeAct } from './acts.testing';

describe('the ledger', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp([AuditModule]);
  });
  afterAll(() => app.stop());

  it('seals and signs', async () => {
    const key = app.running.process.detailKey;
    await deliver(
      app,
      [1n, 2n, 3n].map((n) => makeAct(key, n, { subjects: [newId()] })),
    );
    await eventually(async () => {
      const [s] = await app.sql<{ size: string; cp: string }>(
        'SELECT size, (SELECT max(size) FROM audit.checkpoint) AS cp FROM audit.log_state',
      );
      return Number(s!.size) >= 4 && s!.cp === s!.size;
    });
    console.log(
      await app.sql('SELECT idx, convert_from(bytes, $1) AS e FROM audit.entry', ['UTF8']),
      await app.sql('SELECT * FROM audit.checkpoint'),
    );
    console.log(
      await app.sql('SELECT * FROM audit.stream_cursor'),
      await app.sql('select source, stream_version from audit.inbox'),
    );
  });
});
