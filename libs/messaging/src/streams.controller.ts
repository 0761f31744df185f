import { mayDo, type ContextName } from '@concordat/contracts';
import { Calling, ContextController, Forbidden, Id, NotFound, type Call } from '@concordat/platform';
import { Get, HttpCode, Inject, Param, Post, type Type } from '@nestjs/common';
import { Streams, type Heads } from './streams';
import { UnitOfWork } from './unit-of-work';
import type { Parking } from './parking';
import type { Look } from './standing';

export const PARKING = Symbol('Parking');
export const STANDING = Symbol('Standing');

/** Addresses of the event path under `/api/<context>/streams`: for other services, and for the administrator's release. */
export function streamsController(context: ContextName): Type<object> {
  @ContextController(context, 'streams')
  class StreamsController {
    constructor(
      private readonly streams: Streams,
      private readonly unit: UnitOfWork,
      @Inject(PARKING) private readonly parking: Parking,
      @Inject(STANDING) private readonly standing: Look,
    ) {}

    @Get('heads')
    heads(@Calling() call: Call): Promise<Heads> {
      onlyServices(call);
      const { since, before, after } = call.query;
      return this.streams.heads(time(since, new Date(0)), time(before, new Date()), text(after) ?? null);
    }

    @Get('acts')
    acts(@Calling() call: Call) {
      onlyServices(call);
      return this.streams.actsHead();
    }

    @Get('parked')
    parked(@Calling() call: Call) {
      onlyAdministrators(call);
      return this.parking.list();
    }

    /** How this process and the context's path of events stand: numbers and names of parts, and nothing of anybody. */
    @Get('standing')
    stands(@Calling() call: Call) {
      onlyAdministrators(call);
      return this.standing();
    }

    @Get(':id/events')
    async events(@Calling() call: Call, @Id() id: string) {
      onlyServices(call);
      const from = text(call.query['from']) ?? '1';
      if (!/^[1-9][0-9]{0,17}$/.test(from)) throw new NotFound('stream');
      return this.streams.bodies(id, BigInt(from));
    }

    /** Lets a parked stream go on: its events are tried again from where it stopped, in order. */
    @Post(':source/:id/release')
    @HttpCode(200)
    release(@Calling() call: Call, @Param('source') source: string, @Id() id: string) {
      return this.unit.run({ action: 'stream.release', call, objects: [{ t: 'stream', id }] }, async (tx) => {
        onlyAdministrators(call);
        await this.parking.release(tx, source, id);
        return { released: id };
      });
    }
  }
  return StreamsController;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function time(value: unknown, otherwise: Date): Date {
  const given = new Date(text(value) ?? Number.NaN);
  return Number.isNaN(given.getTime()) ? otherwise : given;
}

function onlyServices(call: Call): void {
  if (!mayDo(call.actor.roles, 'stream.read'))
    throw new Forbidden('stream.services-only', 'Only services of this installation read streams');
}

function onlyAdministrators(call: Call): void {
  if (!mayDo(call.actor.roles, 'stream.release'))
    throw new Forbidden('stream.administrators-only', 'Only an administrator may do this');
}
