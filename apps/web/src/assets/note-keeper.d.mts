type Texts = Readonly<Record<string, string>>;
export interface Sending {
  readonly key: string;
  readonly texts: Texts;
  readonly version: number;
}
interface SignedOut {
  readonly status: 'signed-out';
}
export type Kept =
  { readonly status: 'kept'; readonly version: number } | { readonly status: 'changed' | 'refused' } | SignedOut;
type Present =
  | { readonly status: 'present'; readonly open: boolean; readonly version: number; readonly texts: Texts }
  | { readonly status: 'refused' }
  | SignedOut;

interface Parts {
  readonly page: { readonly read: () => Texts; readonly write: (texts: Texts) => void };
  readonly server: {
    readonly send: (sending: Sending) => Promise<Kept | null>;
    readonly present: () => Promise<Present | null>;
  };
  readonly pause: () => Promise<void>;
  readonly say: (state: 'kept' | 'keeping' | 'waiting' | 'signed-out' | 'refused') => void;
  readonly newKey: () => string;
  readonly texts: Texts;
  readonly version: number;
}

/** Keeps what somebody types until the server has acknowledged it, and joins it with what others type. */
export class NoteKeeper {
  constructor(parts: Parts);
  readonly settled: boolean;
  keep(): Promise<void>;
  heard(version: number): Promise<void>;
  lookAgain(): Promise<void>;
}
