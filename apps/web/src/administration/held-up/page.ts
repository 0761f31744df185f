import { contexts } from '@concordat/contracts';
import { NotFound } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { EventPaths } from '../../apis/event-paths';
import { formOf } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { SERVICES } from '../words';

const DONE: Readonly<Record<string, string>> = {
  released: 'It is being tried again, in order, from where it stopped',
  gone: 'That was not held up any more',
};

/** Records whose events a service could not take in: they wait, and are tried again when an administrator says so. */
@Page({
  at: 'administration/held-up',
  folder: 'administration/held-up',
  may: 'stream.release',
  states: ['filled', 'empty'],
})
export class HeldUpPage {
  constructor(private readonly paths: EventPaths) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('done') done?: string): Promise<View> {
    const paths = await this.paths.all(visit);
    return show({
      form: formOf(),
      silent: paths.filter(({ parked }) => parked === null).map(({ context }) => SERVICES[context]),
      items: paths.flatMap(({ context, parked }) =>
        (parked ?? []).map((p) => ({ ...p, context, service: SERVICES[context], from: fromWhom(p.source) })),
      ),
      flash: done && Object.hasOwn(DONE, done) ? { text: DONE[done] } : null,
    });
  }

  @Post()
  async release(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<Redirect> {
    const context = contexts.find((c) => c === sent.text('context'));
    const [source, stream] = ['source', 'stream'].map((name) => sent.text(name) ?? '');
    if (!context || !/^[a-z.-]{1,40}$/.test(source!) || !/^[\w-]{1,64}$/.test(stream!)) throw new NotFound('stream');
    try {
      await this.paths.release(visit, { context, source: source!, stream: stream! }, sent.key);
      return redirect('/administration/held-up?done=released');
    } catch (error) {
      if (error instanceof NotFound) return redirect('/administration/held-up?done=gone');
      throw error;
    }
  }
}

const fromWhom = (source: string): string => {
  const context = contexts.find((c) => source === c || source.startsWith(`${c}.`));
  return context ? SERVICES[context] : source;
};
