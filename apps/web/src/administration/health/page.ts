import { Problem, Unavailable } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Audit, type LedgerStatus } from '../../apis/audit';
import { EventPaths } from '../../apis/event-paths';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { agoOf, findingsOf, healthOf, partsOf } from '../health-words';
import { SERVICES } from '../words';

/** How the services do: what waits and for how long, what does not make progress, and how old the newest checkpoint is. */
@Page({
  at: 'administration/health',
  folder: 'administration/health',
  may: 'stream.release',
  states: ['well', 'held-up'],
})
export class HealthPage {
  constructor(
    private readonly paths: EventPaths,
    private readonly audit: Audit,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    const [told, ledger] = await Promise.all([this.paths.standing(visit), this.ledger(visit)]);
    const services = told.map(({ context, standing }) => {
      const health = healthOf(context, standing);
      return {
        ...{ ...health, title: SERVICES[context], findings: findingsOf(health) },
        unsentAgo: health.unsent > 0 ? agoOf(health.unsentAge) : null,
        waitingAgo: health.waiting > 0 ? agoOf(health.waitingAge) : null,
      };
    });
    return show({
      ...{ services, processes: partsOf(told.map(({ standing }) => standing)) },
      broker: services.some(({ lag }) => lag !== null),
      ledger: ledger && { ...ledger, ago: ledger.ageSeconds === null ? null : agoOf(ledger.ageSeconds) },
    });
  }

  private async ledger(visit: Visit): Promise<LedgerStatus | null> {
    try {
      return await this.audit.status(visit);
    } catch (error) {
      if (error instanceof Problem && !(error instanceof Unavailable)) throw error;
      return null;
    }
  }
}
