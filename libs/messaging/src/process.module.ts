import {
  Databases,
  kafkaSecurity,
  Lifecycle,
  LOGGER,
  Metrics,
  PROCESS,
  redisTls,
  SETTINGS,
  type ProcessInfo,
  type Settings,
} from '@concordat/platform';
import { Global, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import type { JobQueue } from './job';
import { JobRunner, JOBS } from './job-runner';
import { EmbeddedTransport } from './transports/embedded';
import { TRANSPORT, type EventTransport } from './transport';
import { TransportPart } from './transport-part';

export { JOBS };

/** One transport and one job queue for the process, whatever contexts it holds. */
@Global()
@Module({
  providers: [
    {
      provide: TRANSPORT,
      inject: [SETTINGS, LOGGER, PROCESS, Lifecycle, Metrics],
      useFactory: async (
        settings: Settings,
        log: Logger,
        info: ProcessInfo,
        lifecycle: Lifecycle,
        metrics: Metrics,
      ): Promise<EventTransport> => {
        const transport: EventTransport =
          settings.brokers.length > 0 ? await kafka(settings, log, info) : new EmbeddedTransport();
        metrics.collect(() => transport.lag?.() ?? []);
        lifecycle.add(new TransportPart(transport, log));
        return transport;
      },
    },
    {
      provide: JOBS,
      inject: [SETTINGS, LOGGER, PROCESS, Databases],
      useFactory: jobQueue,
    },
    JobRunner,
  ],
  exports: [TRANSPORT, JOBS, JobRunner],
})
export class MessagingProcessModule {}

async function kafka(settings: Settings, log: Logger, info: ProcessInfo): Promise<EventTransport> {
  const { KafkaTransport } = await import('./transports/kafka.js');
  return new KafkaTransport(settings.brokers, info.role, log, { security: kafkaSecurity(settings) });
}

/** Bull where there is Redis, graphile-worker where the database is ours, none otherwise. */
async function jobQueue(
  settings: Settings,
  log: Logger,
  info: ProcessInfo,
  databases: Databases,
): Promise<JobQueue | null> {
  if (settings.REDIS_URL) {
    const { BullJobs } = await import('./jobs/bull.js');
    return new BullJobs(settings.REDIS_URL, (context) => databases.pool(context), log, redisTls(settings));
  }
  if (info.bridgeUrl) {
    const { EmbeddedJobs } = await import('./jobs/embedded.js');
    const jobs = new EmbeddedJobs(info.bridgeUrl, log);
    await jobs.prepare();
    return jobs;
  }
  return null;
}
