import { isPublic, Outgoing } from './addresses';

describe('addresses of the public internet', () => {
  it.each(['93.184.216.34', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4009::1'])(
    '%s is',
    (address) => expect(isPublic(address)).toBe(true),
  );

  it.each([
    ...[
      '127.0.0.1',
      '127.255.0.1',
      '10.0.0.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '0.0.0.0',
      '255.255.255.255',
    ],
    ...[
      '169.254.169.254',
      '100.100.100.200',
      '192.0.0.192',
      '198.18.0.1',
      '192.0.2.1',
      '203.0.113.9',
      '224.0.0.1',
      '240.0.0.1',
    ],
    ...[
      '::1',
      '::',
      'fe80::1',
      'fe80::1%eth0',
      'fc00::1',
      'fd00:ec2::254',
      'ff02::1',
      '2001:db8::1',
      '2002:7f00:1::',
      '2001::1',
    ],
    ...[
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '0:0:0:0:0:ffff:a9fe:a9fe',
      '::ffff:10.1.2.3',
      '64:ff9b::7f00:1',
      '::127.0.0.1',
    ],
    ...['', 'localhost', '1.2.3', '0x7f000001', '2130706433'],
  ])('%s is not', (address) => expect(isPublic(address)).toBe(false));

  it('written as IPv6 are judged as the IPv4 that they are', () => expect(isPublic('::ffff:8.8.8.8')).toBe(true));
});

describe('where webhooks may go', () => {
  it('is the public internet, by https, unless more is allowed', () => {
    const usual = new Outgoing();
    expect(usual.refuses('https://hooks.example/concordat?x=1')).toBeNull();
    const refused = (url: string) => usual.refuses(url);
    expect(refused('http://hooks.example/')).toBe('not-https');
    expect(refused('ftp://hooks.example/')).toBe('not-https');
    expect(refused('https://user:secret@hooks.example/')).toBe('not-a-url');
    expect(refused('hooks.example')).toBe('not-a-url');
    for (const literal of ['127.0.0.1', '2130706433', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]', '169.254.169.254'])
      expect(refused(`https://${literal}/`)).toBe('address-not-allowed');
    expect(usual.allowsAddress('8.8.8.8', true)).toBe(true);
    expect(usual.allowsAddress('8.8.8.8', false)).toBe(false);
  });

  it('is narrowed by names', () => {
    const narrow = new Outgoing('api.example, .council.example');
    expect(narrow.refuses('https://api.example/')).toBeNull();
    expect(narrow.refuses('https://x.council.example/')).toBeNull();
    for (const host of ['council.example', 'evil-api.example', 'api.example.evil.example'])
      expect(narrow.refuses(`https://${host}/`)).toBe('host-not-allowed');
  });

  it('is widened by networks of one’s own, there without TLS too', () => {
    const wide = new Outgoing('', '10.20.0.0/16,fd00::/8');
    expect(wide.refuses('http://10.20.3.4:8080/')).toBeNull();
    expect(wide.refuses('https://[fd00::5]/')).toBeNull();
    expect(wide.refuses('http://10.21.0.1/')).toBe('address-not-allowed');
    expect(wide.allowsAddress('::ffff:10.20.0.1', false)).toBe(true);
    expect(wide.allowsAddress('8.8.8.8', false)).toBe(false);
    expect(() => new Outgoing('', 'anything/0')).toThrow('WEBHOOK_PRIVATE_RANGES');
  });
});
