import type { Persona } from './personas';

/** Text made safe for HTML. */
const safe = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** Where the pages' stylesheet is. Inline styles are refused by the pages' own content security policy. */
export const STYLE_PATH = '/oidc/style.css';

function page(title: string, main: string): string {
  return `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${safe(title)} – Concordat</title>
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<a class="skip" href="#main">Skip to main content</a>
<header><div class="width"><span class="product">Concordat</span><span class="kind">Development sign-in</span></div></header>
<main id="main" class="width">
${main}
</main>
<footer><div class="width"><p>For development, demonstration and tests. All people and organisations here are invented.</p></div></footer>
</body>
</html>
`;
}

/** What a sign-in is asked to be. */
export interface Asked {
  /** What a sign-in with a second factor is called, where whoever asks wants one. */
  readonly acr: string | undefined;
}

const FACTOR = `<p class="factor"><input type="checkbox" id="factor" name="factor" value="yes"> <label for="factor">As if with a second factor, which was asked for</label></p>
`;

/** Who to sign in as, one button each. `problem` says why the last try was refused. */
export function signInPage(
  uid: string,
  personas: readonly Persona[],
  { acr }: Asked,
  problem: string | null = null,
): string {
  const groups = byOrganisation(personas);
  const alert = problem
    ? `<div class="problem" role="alert"><h2>There is a problem</h2><p>${safe(problem)}</p></div>`
    : '';
  const sections = [...groups].map(([organisation, people], i) => {
    const items = people.map((p) => personaItem(p)).join('\n');
    return `<section aria-labelledby="o${i}"><h2 id="o${i}">${safe(organisation)}</h2><ul>\n${items}\n</ul></section>`;
  });
  return page(
    problem ? 'Error: Sign in' : 'Sign in',
    `${alert}<h1>Who do you want to sign in as?</h1>
<p>There are no passwords. Choose a person to see what their work looks like.</p>
<form method="post" action="/oidc/sign-in/${safe(uid)}">
${acr === undefined ? '' : FACTOR}${sections.join('\n') || '<p>Nobody can sign in yet: no partnership has been loaded.</p>'}
</form>`,
  );
}

function personaItem(p: Persona): string {
  const what = [...new Set([p.jobTitle, p.roles.map(roleTitle).join(', ')].filter(Boolean))].join(' · ');
  const id = `p-${safe(p.username)}`;
  return `<li><button type="submit" name="persona" value="${safe(p.username)}" aria-describedby="${id}">${safe(p.name)}</button> <span id="${id}">${safe(what)}</span></li>`;
}

const roleTitle = (role: string): string => {
  const words = role.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function byOrganisation(personas: readonly Persona[]): Map<string, Persona[]> {
  const groups = new Map<string, Persona[]>();
  for (const p of personas) groups.set(p.organisation, [...(groups.get(p.organisation) ?? []), p]);
  return groups;
}

/** Asks whether to sign out. `form` is the provider's own, with its token against forgery; the buttons are ours. */
export const signOutPage = (form: string, home: string): string =>
  page(
    'Sign out',
    `<h1>Do you want to sign out?</h1>
${form}
<p><button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button></p>
<p><a href="${safe(home)}/">Stay signed in</a></p>`,
  );

export const signedOutPage = (home: string): string =>
  page('Signed out', `<h1>You are signed out</h1>\n<p><a href="${safe(home)}/">Go to Concordat</a></p>`);

/** For anything that the provider refuses. Says nothing of the cause, which a person at a browser cannot mend. */
export const errorPage = (home: string): string =>
  page(
    'Sign-in did not work',
    `<h1>Sign-in did not work</h1>
<p>The sign-in may have been open for too long, or was started in another window.</p>
<p><a href="${safe(home)}/">Go to Concordat and start again</a></p>`,
  );

export const STYLE = `
*{box-sizing:border-box}
body{margin:0;font:1.1875rem/1.4 Arial,Helvetica,sans-serif;color:#0b0c0c;background:#fff}
.width{max-width:60rem;margin:0 auto;padding:0 1rem}
header{background:#0b3d4f;color:#fff}
header .width{padding-top:.75rem;padding-bottom:.75rem;display:flex;gap:1rem;flex-wrap:wrap;align-items:baseline}
.product{font-size:1.5rem;font-weight:700}
main.width{padding-top:1.5rem;padding-bottom:2rem}
h1{font-size:2rem;line-height:1.2;margin:0 0 1rem}
h2{font-size:1.25rem;margin:1.5rem 0 .5rem}
ul{list-style:none;margin:0;padding:0}
li{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;padding:.375rem 0;border-bottom:1px solid #b1b4b6}
li span{color:#484d51;flex:1 1 16rem}
button{font:inherit;font-weight:700;min-width:12rem;min-height:2.75rem;padding:.375rem .75rem;text-align:left;color:#fff;background:#00703c;border:2px solid transparent;box-shadow:0 2px 0 #002d18;cursor:pointer}
button:hover{background:#005a30}
button:focus,a:focus{outline:3px solid #fd0;outline-offset:0;color:#0b0c0c;background:#fd0;box-shadow:inset 0 0 0 2px #0b0c0c}
a{color:#1d70b8}
.skip{position:absolute;left:-999rem}
.skip:focus{left:0;padding:.5rem 1rem;z-index:1}
.problem{border:5px solid #d4351c;padding:1rem;margin:0 0 1.5rem}
.problem h2{margin-top:0}
footer{border-top:1px solid #b1b4b6;background:#f3f2f1;padding:.5rem 0 2rem}
`;
