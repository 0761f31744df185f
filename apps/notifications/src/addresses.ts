import { BlockList, isIP, isIPv4 } from 'node:net';

/** Addresses that are not of the public internet (IANA special-purpose registries, RFC 6890), IPv4. */
const NOT_PUBLIC_4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8], //          this network
  ['10.0.0.0', 8], //         private
  ['100.64.0.0', 10], //      shared by carriers, and metadata of some clouds
  ['127.0.0.0', 8], //        loopback
  ['169.254.0.0', 16], //     link-local, and metadata of most clouds
  ['172.16.0.0', 12], //      private
  ['192.0.0.0', 24], //       protocol assignments, and metadata of some clouds
  ['192.0.2.0', 24], //       documentation
  ['192.88.99.0', 24], //     6to4 relays
  ['192.168.0.0', 16], //     private
  ['198.18.0.0', 15], //      benchmarks
  ['198.51.100.0', 24], //    documentation
  ['203.0.113.0', 24], //     documentation
  ['224.0.0.0', 4], //        multicast
  ['240.0.0.0', 4], //        reserved, and broadcast
];
/** IPv6: only global unicast is public, and of it not what carries other addresses or is for documentation. */
const PUBLIC_6 = ['2000::', 3] as const;
const NOT_PUBLIC_6: readonly (readonly [string, number])[] = [
  ['2001::', 23], //          protocol assignments, Teredo among them
  ['2001:db8::', 32], //      documentation
  ['2002::', 16], //          6to4: an IPv4 address inside
  ['3fff::', 20], //          documentation
];

const listOf = (ranges: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList();
  for (const [net, prefix] of ranges) list.addSubnet(net, prefix, family);
  return list;
};
const notPublic4 = listOf(NOT_PUBLIC_4, 'ipv4');
const notPublic6 = listOf(NOT_PUBLIC_6, 'ipv6');
const public6 = listOf([PUBLIC_6], 'ipv6');

/** Whether an address is of the public internet. What is no address is not. An IPv4 address written as IPv6 is judged as IPv4. */
export function isPublic(address: string): boolean {
  const plain = unmapped(address);
  if (isIPv4(plain)) return !notPublic4.check(plain, 'ipv4');
  return isIP(plain) === 6 && public6.check(plain, 'ipv6') && !notPublic6.check(plain, 'ipv6');
}

/** `::ffff:10.0.0.1` and `::ffff:a00:1` as `10.0.0.1`; anything else as it is, without a zone. */
function unmapped(address: string): string {
  const bare = address.replace(/%.*$/, '');
  if (isIP(bare) !== 6) return bare;
  const canonical = new URL(`http://[${bare}]/`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical) ?? [];
  if (high === undefined || low === undefined) return canonical;
  const [a, b] = [parseInt(high, 16), parseInt(low, 16)];
  return [a >> 8, a & 255, b >> 8, b & 255].join('.');
}

/** Where webhooks may go: `hosts` narrows it, `ranges` widens it to networks of one's own. */
export class Outgoing {
  private readonly ranges = new BlockList();
  private readonly hosts: readonly string[];
  private readonly widened: boolean;

  /** `hosts`: `api.example,.council.example`; `ranges`: `10.20.0.0/16,fd00::/8`. Throws Error for what is neither. */
  constructor(hosts = '', ranges = '') {
    this.hosts = partsOf(hosts).map((host) => host.toLowerCase());
    for (const range of partsOf(ranges)) {
      const [net = '', prefix = ''] = range.split('/');
      if (!isIP(net) || !/^\d{1,3}$/.test(prefix))
        throw new Error('WEBHOOK_PRIVATE_RANGES has an entry that is not address/prefix');
      this.ranges.addSubnet(net, Number(prefix), isIPv4(net) ? 'ipv4' : 'ipv6');
    }
    this.widened = ranges.trim() !== '';
  }

  /** Why an address may not be given to a webhook, as a code; null when it may. What it resolves to is checked at each attempt. */
  refuses(text: string): 'not-a-url' | 'not-https' | 'host-not-allowed' | 'address-not-allowed' | null {
    if (text.length > 500 || !URL.canParse(text)) return 'not-a-url';
    const url = new URL(text);
    if (url.username || url.password || url.hash) return 'not-a-url';
    const secure = url.protocol === 'https:';
    if (!secure && !(url.protocol === 'http:' && this.widened)) return 'not-https';
    if (!this.allowsHost(url.hostname)) return 'host-not-allowed';
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    return isIP(literal) && !this.allowsAddress(literal, secure) ? 'address-not-allowed' : null;
  }

  allowsHost(hostname: string): boolean {
    const host = hostname.toLowerCase();
    return this.hosts.length === 0 || this.hosts.some((h) => (h.startsWith('.') ? host.endsWith(h) : host === h));
  }

  /** Without TLS, only within one's own networks. */
  allowsAddress(address: string, secure: boolean): boolean {
    const plain = unmapped(address);
    const own = isIP(plain) > 0 && this.ranges.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6');
    return own || (secure && isPublic(plain));
  }
}

const partsOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
