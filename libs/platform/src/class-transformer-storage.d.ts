/** class-transformer keeps its metadata storage in a file that its type declarations leave out. */
declare module 'class-transformer/cjs/storage' {
  export const defaultMetadataStorage: unknown;
}
