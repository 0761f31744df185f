import { UnitOfWork } from '@concordat/messaging';
import { Authenticators, correlationOf, serviceActorId, systemCall, Unauthenticated } from '@concordat/platform';
import { Injectable, type OnModuleInit } from '@nestjs/common';

const SIGN_IN = '/api/identity/sessions';

/**
 * Puts on record that somebody whom the identity provider knows, and the partnership does not, has tried to sign in
 * (acceptance.md: refusals are audited as successes are). The guard refuses them before any service of ours is reached.
 */
@Injectable()
export class RefusedSignIns implements OnModuleInit {
  constructor(
    private readonly authenticators: Authenticators,
    private readonly unit: UnitOfWork,
  ) {}

  onModuleInit(): void {
    const recognise = this.authenticators.of('identity');
    this.authenticators.register('identity', async (claims, request) => {
      try {
        return await recognise(claims, request);
      } catch (error) {
        if (error instanceof Unauthenticated && request.method === 'POST' && request.url === SIGN_IN) {
          const from = {
            method: request.method,
            path: SIGN_IN,
            address: request.ip,
            correlationId: correlationOf(request),
          };
          const call = systemCall(serviceActorId('identity'), 'sign-in', from);
          await this.unit.refuse({ action: 'session.refuse', call }, error.code, { subject: claims.subject });
        }
        throw error;
      }
    });
  }
}
