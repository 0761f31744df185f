import { Id, IllegalTransition } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Exports } from '../../apis/exports';
import { formOf } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { sizeText, typeTitle } from '../words';

/** One export: how far it has come, and its file for as long as it is kept. */
@Page({ at: 'exports/:id', folder: 'exports/one', may: 'export.view', states: ['running', 'done', 'ended'] })
export class ExportPage {
  constructor(
    private readonly exports: Exports,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const [asked, names] = await Promise.all([this.exports.one(visit, id), this.directory.names(visit)]);
    return show({
      ...{ asked, title: typeTitle(asked), size: sizeText(asked.bytes), form: formOf({ version: asked.version }) },
      area: asked.area && names.area(asked.area),
    });
  }

  @Post('stop')
  stop(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<Redirect> {
    return this.end(visit, id, 'cancellation', sent);
  }

  @Post('remove')
  remove(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<Redirect> {
    return this.end(visit, id, 'removal', sent);
  }

  private async end(visit: Visit, id: string, how: 'cancellation' | 'removal', sent: Submitted): Promise<Redirect> {
    await this.exports.end(visit, id, how, sent.key).catch((error: unknown) => {
      if (!(error instanceof IllegalTransition)) throw error; // it has ended already: the page says how
    });
    return redirect(`/exports/${id}`);
  }
}
