import { createECDH, createHmac } from 'node:crypto';

/** A private key for ES256 as a JSON Web Key (RFC 7517, RFC 7518 §6.2). */
export interface SigningKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly use: 'sig';
  readonly alg: 'ES256';
  readonly kid: string;
  readonly x: string;
  readonly y: string;
  readonly d: string;
}

/**
 * signingKey derives the development identity provider's key from a secret of the data folder, so that tokens stay good
 * over a restart and no key file is needed. A scalar outside the curve's order (1 in 2^32) is passed over.
 */
export function signingKey(secret: string): SigningKey {
  for (let attempt = 0; ; attempt++) {
    const d = createHmac('sha256', secret).update(`signing-key/${attempt}`).digest();
    const curve = createECDH('prime256v1');
    try {
      curve.setPrivateKey(d);
    } catch {
      continue;
    }
    const point = curve.getPublicKey(); // 0x04 ‖ x(32) ‖ y(32)
    const x = point.subarray(1, 33).toString('base64url');
    const y = point.subarray(33).toString('base64url');
    const kid = createHmac('sha256', 'kid').update(point).digest('base64url').slice(0, 16);
    return { kty: 'EC', crv: 'P-256', use: 'sig', alg: 'ES256', kid, x, y, d: d.toString('base64url') };
  }
}
