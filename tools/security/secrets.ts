/** A kind of secret, by how it looks. Each expression is linear: no part of it can match the same text in two ways. */
interface Look {
  readonly kind: string;
  readonly form: RegExp;
}

const LOOKS: readonly Look[] = [
  {
    kind: 'a private key',
    form: /-----BEGIN (?:RSA |EC |OPENSSH |ENCRYPTED |DSA )?PRIVATE KEY-----\s*[A-Za-z0-9+/=]{20}/g,
  },
  { kind: 'an access key of AWS', form: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g },
  { kind: 'a token of GitHub', form: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,90})\b/g },
  { kind: 'a token of GitLab', form: /\bglpat-[A-Za-z0-9_-]{20}\b/g },
  { kind: 'a token of npm', form: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { kind: 'a token of Slack', form: /\bxox[abprs]-[A-Za-z0-9-]{20,80}/g },
  { kind: 'a key of Google', form: /\bAIza[A-Za-z0-9_-]{35}\b/g },
  { kind: 'a key of Stripe', form: /\b[rs]k_live_[A-Za-z0-9]{20,60}\b/g },
  { kind: 'a signed token', form: /\beyJ[A-Za-z0-9_-]{15,2000}\.eyJ[A-Za-z0-9_-]{15,4000}\.[A-Za-z0-9_-]{20,2000}/g },
  {
    kind: 'an address with a password',
    form: /\b(?:postgres(?:ql)?|rediss?|amqps?|mongodb|https?):\/\/[\w.-]{1,60}:[\w%.~+-]{12,200}@[\w.-]+/g,
  },
  {
    kind: 'a setting with a secret',
    form: /\b[A-Z_]{0,40}(?:PASSWORD|SECRET|TOKEN|_KEY)['"]?\s{0,3}[:=]\s{0,3}['"]?[A-Za-z0-9+/_-]{32,200}={0,2}['"]?(?=\s|,|$)/gm,
  },
];

/** Texts that look like secrets and are none, each with why. */
export const KNOWN: Readonly<Record<string, string>> = {
  AKIAIOSFODNN7EXAMPLE: 'the example of Amazon’s own documentation, by which its signatures are tested',
};

/** What in a text looks like a secret: kinds and lines, never the text itself, which would put it into a log as well. */
export function secretsIn(path: string, text: string): string[] {
  return LOOKS.flatMap(({ kind, form }) =>
    [...text.matchAll(form)]
      .filter(([found]) => !Object.keys(KNOWN).some((known) => found.includes(known)))
      .map(({ index }) => `${path}:${text.slice(0, index).split('\n').length}: ${kind}`),
  );
}
