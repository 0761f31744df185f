import { MetadataScanner } from '@nestjs/core';

/** Methods of `instances` that carry metadata `key`. */
export function* annotated<T>(instances: readonly Record<string, unknown>[], key: string) {
  const scanner = new MetadataScanner();
  for (const instance of instances) {
    const prototype = Object.getPrototypeOf(instance) as object | null;
    if (!prototype || prototype === Object.prototype) continue;
    for (const method of scanner.getAllMethodNames(prototype)) {
      const metadata = Reflect.getMetadata(key, instance[method] as object) as T | undefined;
      if (metadata !== undefined) yield { instance, name: instance.constructor.name, method, metadata };
    }
  }
}
