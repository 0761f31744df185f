/** What holds for every operation of the API, for whoever reads its description. Markdown. */
export const ABOUT_THE_API = `
The API of Concordat, by which agencies of a community safety partnership refer people at risk, work on cases and share
information under agreements that the software enforces. The pages of Concordat use the same API.

**Signing in.** Send \`Authorization: Bearer <token>\`. People get theirs from the identity provider of the partnership. A
system of an agency gets one with \`grant_type=client_credentials\` at \`/api/identity/token\` (RFC 6749 §4.4); it lasts five
minutes and does what its scopes allow, in the name of the agency. An administrator of the agency registers the system.

**Who may see what.** A record that there is not and one that the caller may not see answer alike: 404. Every reading and
every change is in the audit ledger; \`Concordat-Audit-Entry\` names the entry. \`Concordat-Purpose\` says why one looks, as a
code; \`safeguarding\` when it is not sent.

**Idempotency.** Every POST carries an \`Idempotency-Key\` of 8 to 128 visible characters, one per intention; a PUT or PATCH may.
Sent again, the first answer is given again and nothing happens twice; sent with another body, it is refused with 409
\`idempotency-key.reused\`. After 503 \`outcome.unknown\`, or when the connection was lost, send the same again with the same key.

**Changes.** Send the version that a change was made from in \`If-Match\`. When somebody else was first the answer is 409, with
\`currentVersion\` and the fields that differ. A step that is not open in the present state is 409 with \`state\`.

**Lists.** \`limit\` says how many, \`cursor\` where to go on: send what \`next\` or \`previous\` of the last answer says. Where the
list ends they are null. A cursor is opaque, and belongs to the order that it was made for.

**Problems** are \`application/problem+json\` (RFC 9457) with a stable \`code\`; \`x-problem-codes\` lists every one. With 422
\`request.invalid\` each field that is wrong is in \`errors\`, with a code (\`required\`, \`unknown-field\`, \`not-in-list\`, \`not-an-id\`,
\`not-a-date\`, \`wrong-form\`, \`too-long\`, \`too-short\`, \`too-many\`, \`too-few\`, \`too-large\`, \`too-small\`, or one of the
operation's own) and a \`message\` that says how to put it right. Problems never repeat what was sent.

**Limits.** \`RateLimit-Policy\` and \`RateLimit\` (draft-ietf-httpapi-ratelimit-headers) tell what is left to a system;
beyond it the answer is 429 with \`Retry-After\` in seconds. Each service process counts for itself.

**Changes of the API.** Fields may be added to answers at any time: ignore what you do not know. An operation, a field or a
code goes away no sooner than twelve months after its answers began to carry \`Deprecation\` (RFC 9745) and \`Sunset\`
(RFC 8594). Nothing is deprecated now.
`.trim();

/** Codes that any operation may answer with, by status. */
export const GENERAL_CODES: Readonly<Record<string, readonly string[]>> = {
  400: [
    'request.unreadable',
    'idempotency-key.missing',
    'if-match.missing',
    'if-match.unreadable',
    'header.unreadable',
  ],
  401: ['token.missing', 'token.invalid', 'token.expired', 'member.unknown', 'sign-in.too-weak'],
  403: ['scope.insufficient', 'token.without-claims'],
  404: ['record.not-found'],
  409: ['idempotency-key.reused', 'record.exists'],
  422: ['request.invalid'],
  429: ['request.too-many'],
  503: ['access.stale', 'audit.unavailable', 'database.unreachable', 'outcome.unknown', 'service.unreachable'],
};
