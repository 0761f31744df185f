import {
  eventClasses,
  MembershipChanged,
  NoteAdded,
  OrganisationChanged,
  typesOf,
  type EventClass,
} from '@concordat/contracts';
import { createLogger, readSettings, Lifecycle, type ProcessInfo } from '@concordat/platform';
import { Injectable, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { PlatformModule } from '../../platform/src/platform.module';
import { ContextModule, type ContextOptions } from './context.module';
import { OnJob } from './job';
import { On, OnBatch } from './on';

const all = typesOf('identity').map((type) => eventClasses.get(type)!);
const except = (...left: EventClass[]): EventClass[] => all.filter((type) => !left.includes(type));

@Injectable()
class Members {
  @OnBatch([MembershipChanged])
  membership(): void {}
}

@Injectable()
class MembersToo {
  @On(MembershipChanged)
  again(): void {}
}

@Injectable()
class Clocks {
  @OnJob('pass-clock')
  pass(): void {}
}

@Injectable()
class ClocksToo {
  @OnJob('pass-clock')
  passAgain(): void {}
}

/** Initialises a context with these providers as `run` would, without a database; resolves to the parts it registered. */
async function start(options: Omit<ContextOptions, 'name'>, ...providers: Type<object>[]): Promise<string[]> {
  class Context {}
  Module({ imports: [ContextModule.for({ name: 'records', ...options })], providers })(Context);
  const pool = { on: () => undefined };
  const platform = PlatformModule.with({
    settings: readSettings('test', {}),
    log: createLogger('test', 'silent'),
    process: { role: 'test', detailKey: Buffer.alloc(32), bridgeUrl: null } as unknown as ProcessInfo,
    databases: { pool: () => pool, url: () => '' } as never,
    tokens: {} as never,
    peers: {} as never,
  });
  class Root {}
  Module({ imports: [platform, Context] })(Root);
  const app = await NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
  const { parts } = app.get<unknown, { parts: { name: string }[] }>(Lifecycle);
  const names = parts.splice(0).map((part) => part.name); // nothing was started, so nothing is to be stopped
  await app.close();
  return names;
}

describe('a context at start-up', () => {
  it('finds handlers where they are declared, and registers its running parts', async () => {
    const parts = await start({ ignores: except(MembershipChanged) }, Members, Clocks);
    expect(parts).toEqual([
      'event transport',
      'jobs',
      'records worker',
      'records relay',
      'records reconciler',
      'records housekeeping',
    ]);
  });

  it('starts without handlers: it receives nothing', async () => {
    expect(await start({})).toContain('records worker');
  });

  it('refuses when an event type of a source that it receives has no handler and is not ignored', async () => {
    await expect(start({ ignores: except(MembershipChanged, OrganisationChanged) }, Members)).rejects.toThrow(
      'records: no handler for, and no wish to ignore, identity.organisation-changed.v1',
    );
  });

  it('refuses two handlers for one type, and names both', async () => {
    await expect(start({ ignores: except(MembershipChanged) }, Members, MembersToo)).rejects.toThrow(
      'records: identity.membership-changed.v1 is handled by MembersToo.again and by Members.membership',
    );
  });

  it('refuses a type that is both handled and ignored', async () => {
    await expect(start({ ignores: all }, Members)).rejects.toThrow('both handled and ignored');
  });

  it('refuses two handlers for one job', async () => {
    await expect(start({}, Clocks, ClocksToo)).rejects.toThrow('records/pass-clock has two handlers');
  });

  it('demands no types of sources that it does not receive', async () => {
    expect(typesOf('referrals')).toContain('referrals.note-added.v1');
    await expect(start({ ignores: except(MembershipChanged) }, Members)).resolves.toBeDefined();
    await expect(start({ ignores: [...except(MembershipChanged), NoteAdded] }, Members)).rejects.toThrow('referrals.');
  });
});
