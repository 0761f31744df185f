import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { HttpCode, Post, StreamableFile } from '@nestjs/common';
import { BundlesService } from '../bundles/bundles.service';
import { ExportDto } from './export.dto';
import { ExportsService } from './exports.service';

@ContextController('audit', 'exports')
export class ExportsController {
  constructor(
    private readonly exports: ExportsService,
    private readonly bundles: BundlesService,
  ) {}

  @Post()
  @HttpCode(200)
  @Describe({
    summary: 'Part or all of the log, with everything that an offline verifier needs',
    body: ExportDto,
    action: 'trail.export',
    produces: 'application/x-ndjson',
  })
  async export(@Calling() call: Call) {
    const disposition = 'attachment; filename="concordat.ledger.jsonl"';
    return new StreamableFile(await this.exports.export(call), { type: 'application/x-ndjson', disposition });
  }

  @Post('fhir')
  @HttpCode(200)
  @Describe({
    summary:
      'The same acts as FHIR R4 AuditEvents by IHE’s Basic Audit Log Patterns, one a line and one for each person',
    body: ExportDto,
    action: 'trail.export',
    produces: 'application/fhir+ndjson',
  })
  async auditEvents(@Calling() call: Call) {
    const disposition = 'attachment; filename="concordat-audit-events.ndjson"';
    return new StreamableFile(await this.exports.auditEvents(call), { type: 'application/fhir+ndjson', disposition });
  }

  @Post('bundles')
  @HttpCode(200)
  @Describe({
    summary: 'An evidence bundle: the same with a report to read, and a manifest signed by the log',
    body: ExportDto,
    action: 'trail.export',
    produces: 'application/zip',
  })
  async bundle(@Calling() call: Call) {
    const disposition = 'attachment; filename="concordat-evidence.zip"';
    return new StreamableFile(await this.bundles.bundle(call), { type: 'application/zip', disposition });
  }
}
