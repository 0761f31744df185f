import type { FastifyReply } from 'fastify';
import { randomBytes } from 'node:crypto';
import type { WebRequest } from './visit';

const FEATURES = [
  'accelerometer',
  'autoplay',
  'camera',
  'clipboard-read',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
];

const FIXED: Readonly<Record<string, string>> = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'permissions-policy': FEATURES.map((feature) => `${feature}=()`).join(', '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** The policy of a response: everything is off but what a page of ours needs, and scripts and styles need its nonce. */
export const contentSecurityPolicy = (nonceOfResponse: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonceOfResponse}'`,
    `style-src 'self' 'nonce-${nonceOfResponse}'`,
    "img-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');

/** A fresh nonce for this response. */
export async function nonce(request: WebRequest, _reply: FastifyReply): Promise<void> {
  request.nonce = randomBytes(16).toString('base64');
}

/** The headers of user-interface.md §7, on every page and asset, errors included. */
export async function securityHeaders(request: WebRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  request.nonce ??= randomBytes(16).toString('base64');
  void reply.headers(FIXED).header('content-security-policy', contentSecurityPolicy(request.nonce));
  // Assets say for themselves how long they keep. Whatever else there is, nobody keeps.
  if (reply.statusCode >= 300 || !reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  return payload;
}
