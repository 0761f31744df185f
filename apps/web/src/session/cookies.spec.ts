import type { ProcessInfo } from '@concordat/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Cookies } from './cookies';

type Set = [name: string, value: string, options: object];

describe('cookies', () => {
  const at = (publicUrl: string) => new Cookies({ publicUrl } as ProcessInfo);
  /** What a reply was told to set, and to clear. */
  function given(cookies: Cookies, complete: boolean): { set: Set[]; cleared: string[] } {
    const [set, cleared]: [Set[], string[]] = [[], []];
    const reply = {
      setCookie: (...one: Set) => (set.push(one), reply),
      clearCookie: (name: string) => (cleared.push(name), reply),
    };
    cookies.give(reply as unknown as FastifyReply, 'an-id', complete);
    return { set, cleared };
  }

  it('are for this host alone, over TLS alone, unreadable by scripts and not sent by other sites’ forms', () => {
    const { set } = given(at('https://concordat.example.org'), false);
    expect(set).toEqual([['__Host-concordat', 'an-id', { path: '/', httpOnly: true, sameSite: 'lax', secure: true }]]);
  });

  it('last as long as the browser: no date and no domain is given', () => {
    const [[, , options]] = given(at('https://concordat.example.org'), true).set as [Set];
    expect(Object.keys(options).filter((name) => ['expires', 'maxAge', 'domain'].includes(name))).toEqual([]);
  });

  it('have their plain names where there is no TLS, which is on one’s own machine', () => {
    expect(given(at('http://localhost:3000'), false).set[0]).toEqual([
      'concordat',
      'an-id',
      { path: '/', httpOnly: true, sameSite: 'lax', secure: false },
    ]);
  });

  it('of the plain name say nothing where there is TLS: a page that could set one could not sign anybody in', () => {
    const request = { cookies: { concordat: 'planted' } } as unknown as FastifyRequest;
    expect(at('https://concordat.example.org').idIn(request)).toBeNull();
  });
});
