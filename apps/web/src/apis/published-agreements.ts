import { Injectable } from '@nestjs/common';
import { Apis, asAnybody, type Asking } from './apis';

/** An agreement as anybody may read it. Its sections are those that it lets be published. */
export interface PublishedAgreement {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly effectiveFrom: string;
  readonly reviewBy: string;
  readonly expiresOn: string;
  readonly contentHash: string;
  readonly parties: readonly { readonly orgId: string; readonly name: string; readonly agencyType: string }[];
  readonly sections: Readonly<Record<string, unknown>>;
}

/** Agreements in force as anybody may read them, signed in or not. */
@Injectable()
export class PublishedAgreements {
  constructor(private readonly apis: Apis) {}

  async list(asking: Asking): Promise<readonly PublishedAgreement[]> {
    const answer = await this.apis.get<{ agreements: PublishedAgreement[] }>(
      asAnybody(asking),
      'sharing',
      '/published',
    );
    return answer.agreements;
  }

  view(asking: Asking, code: string): Promise<PublishedAgreement> {
    return this.apis.get(asAnybody(asking), 'sharing', `/published/${encodeURIComponent(code)}`);
  }
}
