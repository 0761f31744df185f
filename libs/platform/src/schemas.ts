import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { getMetadataStorage } from 'class-validator';
import { createRequire } from 'node:module';

type Json = Record<string, unknown>;
const lazily = createRequire(__filename);

/** JSON Schemas of `types` and of every class nested in them, by class name, from their class-validator rules. */
export function schemasOf(types: Iterable<new () => object>): Record<string, Json> {
  // Only needed when somebody reads a document, so it is not paid for at every start.
  const { validationMetadatasToSchemas } = lazily(
    'class-validator-jsonschema',
  ) as typeof import('class-validator-jsonschema');
  const all = validationMetadatasToSchemas({
    classTransformerMetadataStorage: defaultMetadataStorage as never,
    classValidatorMetadataStorage: getMetadataStorage(),
    refPointerPrefix: '#/components/schemas/',
  }) as Record<string, Json>;
  const wanted: Record<string, Json> = {};
  const visit = (name: string): void => {
    if (wanted[name] || !all[name]) return;
    wanted[name] = all[name];
    for (const [, ref] of JSON.stringify(all[name]).matchAll(/#\/components\/schemas\/(\w+)/g)) visit(ref!);
  };
  for (const type of types) visit(type.name);
  return Object.fromEntries(Object.entries(wanted).sort(([a], [b]) => (a < b ? -1 : 1)));
}
