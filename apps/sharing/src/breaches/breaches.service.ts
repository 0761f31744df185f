import { demand, mayNot } from '@concordat/access';
import { civilDate, instantOn } from '@concordat/clocks';
import { BreachChanged, Invalid, newId, type Action } from '@concordat/contracts';
import { UnitOfWork, type About, type Tx } from '@concordat/messaging';
import { expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { assessBreach, hoursAfter, notifyBreach, openBreach, type Breach } from '../breach';
import {
  agreementBehind,
  breachesIn,
  keepBreach,
  replaceBreach,
  toldOfBreach,
  visibleBreach,
} from '../breaches.repository';
import { Law } from '../law';
import { RegisterKeeper } from '../register-keeper';
import { AssessBreachDto, ListBreachesDto, NotifyBreachDto, OpenBreachDto } from './breaches.dto';

/** Assesses what may be a breach of personal data: whether the Commissioner is told, and those affected, and that it was done in time. */
@Injectable()
export class BreachesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly law: Law,
    private readonly register: RegisterKeeper,
  ) {}

  list(call: Call) {
    return this.unit.read({ action: 'breach.list', call }, async (tx) => {
      demand(tx.actor, 'breach.list');
      const page = await breachesIn(tx, valid(ListBreachesDto, call.query));
      tx.about({ objects: page.items.map(({ id }) => ({ t: 'breach', id })) });
      return { ...page, may: { open: mayNot(tx.actor, 'breach.open') === null } };
    });
  }

  view(call: Call, id: string) {
    return this.unit.read({ action: 'breach.view', call, objects: [{ t: 'breach', id }] }, async (tx) => {
      const breach = await visibleBreach(tx, id);
      demand(tx.actor, 'breach.view');
      const { state } = breach;
      const may = {
        assess: state === 'open' && mayNot(tx.actor, 'breach.assess') === null,
        notify: state === 'to-notify' && mayNot(tx.actor, 'breach.notify') === null,
      };
      return { ...breach, may, agreed: await this.agreed(tx, breach) };
    });
  }

  /** What the agreement asks under which it would have gone: whom to tell, and by when the agency that it came from. Null for none. */
  private async agreed(tx: Tx, { questionId, awareAt }: Breach) {
    if (questionId === null) return null;
    const isa = await agreementBehind(tx, questionId);
    const [id = '', number = ''] = isa.split('@');
    const terms = (await this.register.now(tx)).version(id, number)?.agreement.breach;
    if (!terms) return null;
    const { contact, notifyOriginatorWithinH: hours } = terms;
    return { isa, contact: contact ?? null, originatorBy: hours === undefined ? null : hoursAfter(awareAt, hours) };
  }

  async open(call: Call) {
    const done = await this.unit.run({ action: 'breach.open', call }, async (tx) => {
      demand(tx.actor, 'breach.open');
      const { account, on, time } = valid(OpenBreachDto, call.body);
      const awareAt = momentOf(on, time, tx.now);
      const about = { id: newId(), orgId: tx.actor.orgId!, questionId: null, account, openedBy: tx.actor.id };
      const moments = { openedAt: tx.now, awareAt, pack: this.law.pack };
      const breach = openBreach({ ...about, ...moments }, this.law.table.breach.notifyWithinHours);
      await keepBreach(tx, breach);
      tx.about({ objects: [{ t: 'breach', id: breach.id }], rule: this.law.pack });
      return { id: breach.id, version: breach.version, status: breach.state };
    });
    return { ...done.value, receipt: done.receipt };
  }

  assess(call: Call, id: string) {
    return this.changing(call, id, 'breach.assess', (tx, was) => {
      const said = valid(AssessBreachDto, call.body);
      const now = assessBreach(was, said, { id: tx.actor.id, at: tx.now });
      const { risk, affected, notify, tellPeople } = said;
      return [now, { decision: notify ? 'notify' : 'do-not-notify', detail: { risk, affected, tellPeople } }];
    });
  }

  notify(call: Call, id: string) {
    return this.changing(call, id, 'breach.notify', (tx, was) => {
      const { on, time, reference = null, delayReason = null } = valid(NotifyBreachDto, call.body);
      const said = { notifiedAt: momentOf(on, time, tx.now), reference, delayReason };
      const now = notifyBreach(was, said, { id: tx.actor.id, at: tx.now });
      return [now, { detail: { notifiedAt: said.notifiedAt.toISOString() } }];
    });
  }

  private async changing(
    call: Call,
    id: string,
    action: Extract<Action, 'breach.assess' | 'breach.notify'>,
    change: (tx: Tx, was: Breach) => [Breach, About],
  ) {
    const done = await this.unit.run({ action, call, objects: [{ t: 'breach', id }] }, async (tx) => {
      await visibleBreach(tx, id);
      const stream = await tx.lock(id);
      const was = await visibleBreach(tx, id);
      expectVersion(call, 'breach', was.version);
      demand(tx.actor, action);
      const [now, about] = change(tx, was);
      await replaceBreach(tx, now);
      stream.publish(BreachChanged, toldOfBreach(now));
      tx.about({ ...about, rule: was.pack });
      return { id, version: now.version, status: now.state };
    });
    return { ...done.value, receipt: done.receipt };
  }
}

/** Nothing here is of longer ago: what is says that a digit is wrong. */
const EARLIEST = '2000-01-01';

/** The moment that somebody says, by day and time in London. Throws Invalid unless it is past. */
function momentOf(on: string, time: string, now: Date): Date {
  const wrong = (code: string, message: string) => new Invalid([{ field: 'on', code, message }]);
  if (on < EARLIEST) throw wrong('date.out-of-range', 'This is too long ago');
  if (on > civilDate(now)) throw wrong('date.in-future', 'This must be in the past');
  const at = instantOn(on, time);
  if (at > now) throw wrong('date.in-future', 'This must be in the past');
  return at;
}
