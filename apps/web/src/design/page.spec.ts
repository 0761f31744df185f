import { Controller, Module } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { Unread } from '../session/unread';
import { declaredPages, demandDeclarations, Page } from './page';

@Page({ at: 'declared', folder: 'declared', may: 'member', states: ['shown'] })
class DeclaredPage {}
@Controller('undeclared')
class UndeclaredPage {}

const NO_MESSAGES = { provide: Unread, useValue: { of: () => null } };
@Module({ imports: [DiscoveryModule], controllers: [DeclaredPage], providers: [NO_MESSAGES] })
class Good {}
@Module({ imports: [DiscoveryModule], controllers: [DeclaredPage, UndeclaredPage], providers: [NO_MESSAGES] })
class Bad {}

describe('a page', () => {
  const discovery = async (type: new () => object) =>
    (await Test.createTestingModule({ imports: [type] }).compile()).get(DiscoveryService, { strict: false });

  it('that does not declare who may see it keeps the process from starting', async () => {
    const bad = await discovery(Bad);
    expect(() => demandDeclarations(bad, Bad)).toThrow('UndeclaredPage');
    const good = await discovery(Good);
    expect(() => demandDeclarations(good, Good)).not.toThrow();
  });

  it('of another module is none of our concern', async () => {
    const bad = await discovery(Bad);
    expect(() => demandDeclarations(bad, Good)).not.toThrow();
  });

  it('is known to tests with its states', async () => {
    const module = await Test.createTestingModule({ imports: [Good] }).compile();
    expect(declaredPages(module)).toEqual([
      { name: 'DeclaredPage', at: 'declared', folder: 'declared', may: 'member', states: ['shown'] },
    ]);
  });
});
