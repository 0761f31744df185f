import {
  describeWithInfrastructure,
  sharedRedis,
  testDatabase,
  type SharedRedis,
  type TestDatabase,
} from '@concordat/testing';
import { createLogger } from '../logging';
import { provision } from '../provision';
import { ephemeralContract } from './ephemeral.contract';
import { openEphemeral } from './open';

const log = createLogger('test', 'silent');

describe('ephemeral state in PostgreSQL', () => {
  let database: TestDatabase;
  let bridgeUrl: string;
  beforeAll(async () => {
    database = await testDatabase();
    ({ bridgeUrl } = await provision(database.adminUrl, [], database.name));
  });

  ephemeralContract(() => openEphemeral({}, { bridgeUrl }, log));
  afterAll(() => database?.drop());
});

describeWithInfrastructure('ephemeral state in Redis', () => {
  let redis: SharedRedis;
  beforeAll(async () => void (redis = await sharedRedis()));

  ephemeralContract(() => openEphemeral({ REDIS_URL: redis.url }, { bridgeUrl: null }, log));
  afterAll(() => redis?.stop());
});

it('asks for a store when there is none', async () => {
  await expect(openEphemeral({}, { bridgeUrl: null }, log)).rejects.toThrow('REDIS_URL');
});
