import { Assets } from './assets';

let made: Assets | null = null;

/** The assets of this process, read when first asked for. */
export const assets = (): Assets => (made ??= new Assets());
export const stylesheetAddress = (): string => assets().stylesheet;
export const scriptAddress = (): string => assets().script;
