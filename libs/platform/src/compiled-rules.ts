import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { getMetadataStorage, ValidationTypes, type ValidationArguments } from 'class-validator';

type Dto = new () => object;
type Check = (value: unknown, object: object) => boolean;

/** What a class-validator rule is, as far as we read it. */
interface Rule {
  readonly type: string;
  readonly name?: string;
  readonly propertyName: string;
  readonly each?: boolean;
  readonly constraints?: unknown[];
  readonly constraintCls: new () => unknown;
}

/**
 * conforming compiles the class-validator rules of a DTO class to one function that says whether plain JSON keeps all of
 * them, unknown fields included. It answers in a twentieth of the time that class-validator takes to explain, and reads
 * the very same rules, so the two cannot drift. A true answer MUST mean that `valid` accepts the same value; a false one
 * means only: ask `valid`, which says what is wrong.
 */
export function conforming(type: Dto): (value: unknown) => boolean {
  const known = new Map<Dto, (value: object) => boolean>();
  const compiled = compile(type, known);
  return (value) => isPlain(value) && compiled(value);
}

function compile(type: Dto, known: Map<Dto, (value: object) => boolean>): (value: object) => boolean {
  const made = known.get(type);
  if (made) return made;
  const fields = new Map<string, Check>();
  const needed: string[] = [];
  // Kept before its fields are compiled, so that a class may contain itself.
  const whole = (value: object): boolean => {
    const given = value as Record<string, unknown>;
    for (const name in given) {
      const check = fields.get(name);
      if (!check?.(given[name], value)) return false;
    }
    return needed.every((name) => given[name] !== undefined);
  };
  known.set(type, whole);
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false) as unknown as Rule[];
  for (const [name, own] of byProperty(rules)) {
    fields.set(name, compileField(type, name, own, known));
    if (!own.some(isOptional)) needed.push(name);
  }
  return whole;
}

function compileField(type: Dto, name: string, rules: readonly Rule[], known: Map<Dto, (value: object) => boolean>) {
  if (rules.some((r) => r.type === CONDITIONAL && !isOptional(r)))
    throw new Error(`${type.name}.${name} has a condition that is not compiled`);
  const optional = rules.some(isOptional);
  const checks = rules.filter((r) => r.type === ValidationTypes.CUSTOM_VALIDATION).flatMap(compileRule);
  if (rules.some((r) => r.type === ValidationTypes.NESTED_VALIDATION)) {
    const inner = compile(nestedType(type, name), known);
    const each = rules.some((r) => r.type === ValidationTypes.NESTED_VALIDATION && r.each);
    const one = (value: unknown): boolean => isPlain(value) && inner(value);
    checks.push(each ? (value) => Array.isArray(value) && value.every(one) : one);
  }
  return (value: unknown, object: object): boolean => {
    if (optional && (value === undefined || value === null)) return true;
    for (const check of checks) if (!check(value, object)) return false;
    return true;
  };
}

function compileRule(rule: Rule): Check[] {
  return getMetadataStorage()
    .getTargetValidatorConstraints(rule.constraintCls)
    .map(({ instance }): Check => {
      const ask = (value: unknown, object: object): boolean =>
        instance.validate(value, {
          targetName: '',
          property: rule.propertyName,
          object,
          value,
          constraints: rule.constraints ?? [],
        } satisfies ValidationArguments) === true;
      if (!rule.each) return ask;
      return (value, object) => (Array.isArray(value) ? value.every((item) => ask(item, object)) : ask(value, object));
    });
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const CONDITIONAL = ValidationTypes.CONDITIONAL_VALIDATION;
const isOptional = (rule: Rule): boolean => rule.type === CONDITIONAL && rule.name === 'isOptional';

/** The class that `@Type` names for a field: class-transformer keeps it, and has no public way to ask for it. */
function nestedType(type: Dto, name: string): Dto {
  const storage = defaultMetadataStorage as {
    findTypeMetadata(type: Dto, name: string): { typeFunction(): Dto } | undefined;
  };
  const found = storage.findTypeMetadata(type, name);
  if (!found) throw new Error(`${type.name}.${name} is nested without @Type`);
  return found.typeFunction();
}

function byProperty(rules: readonly Rule[]): Map<string, Rule[]> {
  const grouped = new Map<string, Rule[]>();
  for (const rule of rules) grouped.set(rule.propertyName, [...(grouped.get(rule.propertyName) ?? []), rule]);
  return grouped;
}
