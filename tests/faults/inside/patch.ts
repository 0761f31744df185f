/**
 * patch replaces a method of a class from outside. Throws when there is no such method: a renamed one must not turn an
 * instrument, or a negative control, into something that looks at nothing.
 */
export function patch<T extends object, K extends keyof T>(
  target: T,
  name: K,
  make: (original: T[K] extends (...args: infer A) => infer R ? (this: unknown, ...args: A) => R : never) => unknown,
): void {
  const original = target[name];
  if (typeof original !== 'function') throw new Error(`there is no method ${String(name)} to patch any more`);
  target[name] = make(original as never) as T[K];
}

/** As `patch`, for a method that is private to its class. */
export function patchPrivate(
  target: object,
  name: string,
  make: (original: (this: unknown, ...args: never[]) => unknown) => unknown,
): void {
  patch(target as Record<string, (...args: never[]) => unknown>, name, make as never);
}
