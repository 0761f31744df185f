import { Calling, ContextController, Describe, Id, receiveBytes, type Call } from '@concordat/platform';
import { Get, HttpCode, Post, StreamableFile, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { KeepDocumentDto, NewVersionDto, OpenDocumentDto } from './documents.dto';
import { DocumentsService } from './documents.service';
import { KeepRedactedDto, RemoveDto } from './redacting.dto';
import { RedactingService } from './redacting.service';

@ContextController('records', 'cases/:id/documents')
export class DocumentsController implements OnModuleInit {
  constructor(
    private readonly documents: DocumentsService,
    private readonly redacting: RedactingService,
    private readonly http: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    receiveBytes(this.http.httpAdapter.getInstance<FastifyInstance>());
  }

  @Get()
  @Describe({ summary: 'Documents of a case', action: 'document.list' })
  list(@Calling() call: Call, @Id() id: string) {
    return this.documents.list(call, id);
  }

  @Post('uploads')
  @Describe({ summary: 'Receive a file (application/octet-stream), at most 25 MB', action: 'document.upload' })
  upload(@Calling() call: Call, @Id() id: string) {
    return this.documents.upload(call, id);
  }

  @Post()
  @Describe({ summary: 'Keep an uploaded file as a document', body: KeepDocumentDto, action: 'document.keep' })
  keep(@Calling() call: Call, @Id() id: string) {
    return this.documents.keep(call, id);
  }

  @Get(':documentId')
  @Describe({ summary: 'One document with its versions and redacted copies', action: 'document.list' })
  view(@Calling() call: Call, @Id() id: string, @Id('documentId') documentId: string) {
    return this.documents.view(call, id, documentId);
  }

  @Get(':documentId/content')
  @Describe({
    summary: 'The file itself, as an attachment',
    query: OpenDocumentDto,
    action: 'document.open',
    produces: 'application/octet-stream',
  })
  async open(@Calling() call: Call, @Id() id: string, @Id('documentId') documentId: string) {
    const { name, type, bytes } = await this.documents.open(call, id, documentId);
    return new StreamableFile(bytes, { type, disposition: `attachment; filename="${name}"` });
  }

  @Post(':documentId/redactions/preview')
  @HttpCode(200)
  @Describe({
    summary: 'A plain text as it would be without some passages and lines; nothing is kept',
    body: RemoveDto,
    action: 'document.open',
  })
  previewRedaction(@Calling() call: Call, @Id() id: string, @Id('documentId') documentId: string) {
    return this.redacting.preview(call, id, documentId);
  }

  @Post(':documentId/redactions')
  @Describe({
    summary: 'Keep a redacted copy of a plain text: what is removed is not in it',
    body: KeepRedactedDto,
    action: 'document.keep',
  })
  redact(@Calling() call: Call, @Id() id: string, @Id('documentId') documentId: string) {
    return this.redacting.keep(call, id, documentId);
  }

  @Post(':documentId/versions')
  @HttpCode(200)
  @Describe({ summary: 'Another version of a document', body: NewVersionDto, action: 'document.keep' })
  replace(@Calling() call: Call, @Id() id: string, @Id('documentId') documentId: string) {
    return this.documents.replace(call, id, documentId);
  }
}
