import type { Action } from '@concordat/contracts';
import type { Platform } from '../../../tools/services/platform';

/** One operation of the API, as its own description declares it. */
export interface Declared {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** `/api/records/cases/{id}` */
  readonly path: string;
  /** The action that it performs; null for what shows nobody's data and is declared without one. */
  readonly action: Action | null;
  /** Whether its description has a body. */
  readonly takesBody: boolean;
  /** Whether it answers callers without a token. */
  readonly open: boolean;
}

interface Described {
  readonly 'x-action'?: Action;
  readonly security: readonly object[];
  readonly requestBody?: object;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

/** Every operation that the running platform declares, in the order of its document. */
export async function declaredBy(platform: Platform): Promise<Declared[]> {
  const { paths } = (await (await fetch(platform.urlOf('/api/openapi.json'))).json()) as Document;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method as Declared['method'],
      path,
      action: operation['x-action'] ?? null,
      takesBody: operation.requestBody !== undefined,
      open: operation.security.length === 0,
    })),
  );
}
