/** What package-lock.json (version 3) says of one package that is installed. */
export interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
}
export interface LockFile {
  readonly lockfileVersion: number;
  /** By its folder: `node_modules/pg`; the project itself under the empty name. */
  readonly packages: Readonly<Record<string, Locked>>;
}
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
/** Where a package is when its lock says no place: npm leaves the registry's own out, and so bytes come from wherever one's own is. */
const REGISTRY = 'https://registry.npmjs.org/';

/** What of a project's dependencies is not pinned: a range, another place than the registry, or bytes that nobody checks. */
export function unpinned(manifest: Manifest, lock: LockFile): string[] {
  const asked = { ...manifest.dependencies, ...manifest.devDependencies };
  const ranges = Object.entries(asked).filter(([, version]) => !EXACT.test(version));
  const differing = Object.entries(asked).filter(
    ([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version,
  );
  const packages = Object.entries(lock.packages).filter(([folder, { link }]) => folder !== '' && !link);
  return [
    ...(lock.lockfileVersion === 3 ? [] : [`the lock file has version ${lock.lockfileVersion}, not 3`]),
    ...ranges.map(([name, version]) => `${name} is asked for as ${version}, which is no one version`),
    ...differing.map(([name]) => `${name} is locked at another version than package.json asks for`),
    ...packages
      .filter(([, p]) => p.resolved !== undefined && !p.resolved.startsWith(REGISTRY))
      .map(([folder]) => `${folder} is not from the registry`),
    ...packages
      .filter(([, p]) => !p.integrity?.startsWith('sha512-'))
      .map(([folder]) => `${folder} has no SHA-512 of its bytes`),
  ];
}
