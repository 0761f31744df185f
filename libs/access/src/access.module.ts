import { contexts, type ContextName } from '@concordat/contracts';
import { ContextModule, ContextRuntime, type ContextOptions } from '@concordat/messaging';
import { Authenticators, Databases, SETTINGS, type Settings } from '@concordat/platform';
import { Inject, Injectable, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { Members } from './members';
import { CaseAccessProjection, ErasedDetails, MemberProjection, RestrictionProjection } from './projections';

export interface AccessOptions extends ContextOptions {
  /** Whether this context keeps a copy of who takes part in which case. */
  readonly caseAccess?: boolean;
  /** Whether this context keeps a copy of what is open to named staff only. */
  readonly restrictions?: boolean;
  /** Whether acts of this context may be about people who are erased one day. */
  readonly erasures?: boolean;
}

const NAME = Symbol('AccessContext');

/** Lets the one guard recognise callers of this context. */
@Injectable()
class Recognition implements OnModuleInit {
  constructor(
    @Inject(NAME) private readonly context: ContextName,
    private readonly authenticators: Authenticators,
    private readonly members: Members,
  ) {}

  onModuleInit(): void {
    this.authenticators.register(this.context, (claims, request) => {
      const wanted = request.headers['concordat-organisation'];
      return this.members.actor(claims, typeof wanted === 'string' ? wanted : undefined);
    });
  }
}

/** The waist of a context together with its knowledge of who may do what. The one import that a context's module needs. */
@Module({})
export class AccessModule {
  static for(options: AccessOptions): DynamicModule {
    return {
      module: AccessModule,
      imports: [ContextModule.for(options)],
      providers: [
        { provide: NAME, useValue: options.name },
        {
          provide: Members,
          inject: [Databases, ContextRuntime, SETTINGS],
          useFactory: (databases: Databases, runtime: ContextRuntime, settings: Settings) =>
            new Members(
              databases.pool(options.name),
              () => runtime.ageOf('identity'),
              settings.ACCESS_BOUND_SECONDS * 1000,
              contexts,
            ),
        },
        MemberProjection,
        Recognition,
        ...(options.caseAccess ? [CaseAccessProjection] : []),
        ...(options.restrictions ? [RestrictionProjection] : []),
        ...(options.erasures ? [ErasedDetails] : []),
      ],
      exports: [ContextModule, Members],
    };
  }
}
