import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { AddNoteDto, ListNotesDto } from './notes.dto';
import { NotesService } from './notes.service';

@ContextController('records')
export class NotesController {
  constructor(private readonly notes: NotesService) {}

  @Get('cases/:id/notes')
  @Describe({ summary: 'Notes on a case, newest first', query: ListNotesDto, action: 'note.list' })
  list(@Calling() call: Call, @Id() id: string) {
    return this.notes.list(call, id);
  }

  @Post('cases/:id/notes')
  @Describe({ summary: 'Add a note, and mention staff who are to look', body: AddNoteDto, action: 'note.add' })
  add(@Calling() call: Call, @Id() id: string) {
    return this.notes.add(call, id);
  }

  @Get('mentions')
  @Describe({ summary: 'Notes that mention the caller and that they have not seen', action: 'note.list' })
  mentions(@Calling() call: Call) {
    return this.notes.mentions(call);
  }
}
