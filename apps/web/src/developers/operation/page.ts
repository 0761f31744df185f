import { NotFound } from '@concordat/platform';
import { Get, Param } from '@nestjs/common';
import { ApiDocuments } from '../../apis/api-documents';
import { Page, show, type View } from '../../design/page';
import { fieldsOf } from '../fields';

/** One operation of the API: what it takes, what it answers, and with which problems. */
@Page({
  at: 'developers/operations/:operation',
  folder: 'developers/operation',
  may: 'anyone',
  states: ['with-body', 'open'],
})
export class OperationPage {
  constructor(private readonly documents: ApiDocuments) {}

  @Get()
  async show(@Param('operation') id: string): Promise<View> {
    const { operations, schemas, problems } = await this.documents.description();
    const operation = operations.find((o) => o.id === id);
    if (!operation) throw new NotFound('operation');
    const says = new Map(problems.map((p) => [p.code, p.says]));
    return show({
      operation,
      fields: operation.body ? fieldsOf(schemas[operation.body.schema], schemas) : [],
      example: operation.body?.example && JSON.stringify(operation.body.example, null, 2),
      answers: operation.answers.map((a) => ({ ...a, codes: a.codes.map((code) => ({ code, says: says.get(code) })) })),
    });
  }
}
