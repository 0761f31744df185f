import { Injectable } from '@nestjs/common';
import { Apis, type Asking, type File } from './apis';

/** Minutes as a PDF, as whoever asked for them follows them. */
export interface MinutesPaper {
  readonly id: string;
  readonly meetingId: string;
  readonly state: 'running' | 'done' | 'failed' | 'expired';
  readonly parts: number;
  readonly written: number;
  readonly requestedAt: string;
  readonly endedAt: string | null;
  readonly expiresAt: string | null;
}

/** Minutes on paper, as pages ask the risk context for them. */
@Injectable()
export class MinutesPapers {
  constructor(private readonly apis: Apis) {}

  request(asking: Asking, meetingId: string, key: string): Promise<{ readonly id: string }> {
    return this.apis.change(asking, 'POST', 'risk', `/meetings/${meetingId}/minutes-papers`, { body: {}, key });
  }

  async ofMeeting(asking: Asking, meetingId: string): Promise<readonly MinutesPaper[]> {
    return (await this.apis.get<{ items: MinutesPaper[] }>(asking, 'risk', `/meetings/${meetingId}/minutes-papers`))
      .items;
  }

  paper(asking: Asking, id: string): Promise<MinutesPaper> {
    return this.apis.get(asking, 'risk', `/minutes-papers/${id}`);
  }

  file(asking: Asking, id: string): Promise<File> {
    return this.apis.file(asking, 'risk', `/minutes-papers/${id}/file`);
  }
}
