import { Declarations } from '@concordat/sharing';

/** No meeting keeps declarations yet, so none is known. */
export const declarations = Declarations.of([]);
