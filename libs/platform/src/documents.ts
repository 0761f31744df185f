import type { ContextName } from '@concordat/contracts';
import { asyncApi } from './asyncapi';
import { fetchJson } from './fetch-json';

type Json = Record<string, unknown>;
interface OpenApiDocument extends Json {
  readonly paths: Json;
  readonly components: { readonly schemas: Json };
}

/** Where a process tells which part of the API is its own. */
export const OWN_PART = '/api/openapi/own.json';
const FRESH_MS = 5 * 60_000;

/**
 * The API of the whole platform in one document, whichever process is asked: its own part and, where contexts run
 * elsewhere, theirs. Made when first asked for, and kept for five minutes.
 */
export class Documents {
  private ownPart: OpenApiDocument | null = null;
  private kept: { document: Json; until: number } | null = null;
  private eventDocument: Json | null = null;

  constructor(
    private readonly describe: () => Json,
    private readonly urls: Readonly<Partial<Record<ContextName, string>>>,
  ) {}

  own(): OpenApiDocument {
    return (this.ownPart ??= this.describe() as OpenApiDocument);
  }

  /** Throws Unavailable when one of the other processes does not answer: half an API is not served as if it were all. */
  async whole(): Promise<Json> {
    if (this.kept && this.kept.until > Date.now()) return this.kept.document;
    const elsewhere = [...new Set(Object.values(this.urls))];
    const parts = await Promise.all(elsewhere.map((url) => fetchJson<OpenApiDocument>(`${url}${OWN_PART}`, {})));
    const document = merged([this.own(), ...parts]);
    this.kept = { document, until: Date.now() + FRESH_MS };
    return document;
  }

  events(): Json {
    return (this.eventDocument ??= asyncApi());
  }
}

/** One document of several parts, in the order of addresses. Everything but paths and schemas is the same in each. */
export function merged(parts: readonly OpenApiDocument[]): Json {
  const first = parts[0]!;
  return {
    ...first,
    paths: sorted(parts.map((part) => part.paths)),
    components: { ...first.components, schemas: sorted(parts.map((part) => part.components.schemas)) },
  };
}

const sorted = (several: readonly Json[]): Json =>
  Object.fromEntries(several.flatMap((one) => Object.entries(one)).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
