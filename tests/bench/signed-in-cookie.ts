/** What is asked of a browser: it keeps cookies, follows redirects, and presses the button of a persona. */
class Browsing {
  readonly cookies = new Map<string, string>();

  /** The page that an address leads to in the end. */
  async go(url: string, form?: URLSearchParams): Promise<{ readonly url: string; readonly text: string }> {
    let [at, body] = [url, form];
    for (let hops = 0; hops < 20; hops++) {
      const origin = new URL(at).origin;
      const response = await fetch(at, {
        ...{ redirect: 'manual', headers: { cookie: this.header(), origin, accept: 'text/html' } },
        ...(body ? { method: 'POST', body } : {}),
      });
      for (const line of response.headers.getSetCookie()) this.keep(line);
      const text = await response.text();
      const next = response.headers.get('location');
      if (next === null) return { url: at, text };
      [at, body] = [new URL(next, at).href, undefined];
    }
    throw new Error('redirected without end');
  }

  /** Of every host alike: an installation that is tried out has one, under several names. */
  header(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private keep(line: string): void {
    const [name, value] = line.split(';')[0]!.split(/=(.*)/s) as [string, string];
    if (value === '') this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** Signs a persona in as a browser does, and gives the cookies of their session. Throws when that does not come to an end. */
export async function signedInCookie(home: string, persona: string): Promise<string> {
  const browsing = new Browsing();
  const asked = await browsing.go(new URL('/sign-in', home).href);
  const action = /<form method="post" action="([^"]+)"/.exec(asked.text)?.[1];
  if (!action) throw new Error(`nobody asked who it is at ${new URL(asked.url).pathname}`);
  const come = await browsing.go(new URL(action, asked.url).href, new URLSearchParams({ persona }));
  const [name, value] = [...browsing.cookies].find(([each]) => /^(__Host-)?concordat$/.test(each)) ?? [];
  if (!value) throw new Error(`the sign-in ended at ${new URL(come.url).pathname}`);
  return `${name}=${value}`;
}
