import { kindOf, type FileKind } from '@concordat/platform';
import { releaseTypes, type ReleaseEnding } from './reading/read-file';

/** releaseKindOf tells a file that can be looked through by what is in it: null for any other. Pure. */
export function releaseKindOf(bytes: Buffer): (FileKind & { readonly ending: ReleaseEnding }) | null {
  const ending = kindOf(bytes)?.ending ?? (isPage(bytes) ? 'html' : null);
  return ending && Object.hasOwn(releaseTypes, ending)
    ? { type: releaseTypes[ending as ReleaseEnding], ending: ending as ReleaseEnding }
    : null;
}

const isPage = (bytes: Buffer): boolean =>
  /^\ufeff?\s*<(?:!doctype html|html)\b/i.test(bytes.subarray(0, 512).toString('utf8'));
