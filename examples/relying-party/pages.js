const STYLE = `
  :root { color-scheme: light dark; --ink: #1d2430; --soft: #5a6472; --paper: #f5f6f8; --card: #fff; --line: #d8dde4; --accent: #0f6b5c; --on: #fff; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e8ebf0; --soft: #a4adba; --paper: #14171c; --card: #1d2128; --line: #343a45; --accent: #5fc9b5; --on: #06231d; }
  }
  * { box-sizing: border-box; }
  body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
  main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1rem; display: grid; gap: 1rem; }
  header { display: flex; align-items: center; gap: .75rem; font-weight: 600; }
  header span { width: 2rem; height: 2rem; border-radius: .5rem; background: var(--accent); color: var(--on); display: grid; place-items: center; }
  section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; min-width: 0; }
  h1 { font-size: 1.5rem; margin: 0 0 .5rem; } h2 { font-size: 1rem; margin: 0 0 .75rem; } p { margin: 0 0 1rem; }
  .soft { color: var(--soft); } .actions { display: flex; flex-wrap: wrap; gap: .75rem; margin: 0; } .actions form { margin: 0; }
  .button { display: inline-flex; align-items: center; min-height: 44px; padding: 0 1.1rem; border-radius: .5rem; border: 1px solid var(--line);
    background: transparent; color: var(--ink); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
  .primary { background: var(--accent); border-color: var(--accent); color: var(--on); }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .4rem 1rem; margin: 0; }
  dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
  pre { margin: .5rem 0 0; padding: .75rem; border-radius: .5rem; background: var(--paper); overflow-x: auto; font-size: .85rem; white-space: pre-wrap; overflow-wrap: anywhere; }
  summary { cursor: pointer; font-weight: 600; } details + details { margin-top: .75rem; }
  .note { border-left: 4px solid var(--accent); }
`;

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text) => String(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
const pretty = (value) => escape(JSON.stringify(value, null, 2));

function page(title, content) {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escape(title)} · Demo Notes</title>
    <style>${STYLE}</style>
  </head>
  <body><main><header><span aria-hidden="true">N</span>Demo Notes</header>${content}</main></body>
</html>`;
}

/** What a visitor sees before signing in. */
export function homePage({ issuer, refused }) {
  const note = refused
    ? `<section class="note" role="status"><h2>You said no</h2><p class="soft">Nothing was shared. You can try again.</p></section>`
    : '';
  return page(
    'Welcome',
    `${note}<section>
      <h1>Welcome</h1>
      <p class="soft">This application keeps no passwords. It signs you in through <strong>${escape(issuer)}</strong>.</p>
      <p class="actions">
        <a class="button primary" id="sign-in" href="/sign-in">Sign in</a>
        <a class="button" href="/sign-in?prompt=consent">Sign in and ask for consent again</a>
      </p>
    </section>`,
  );
}

/** What a user sees who is signed in; `note` says what has just been done. */
export function signedInPage({ user, note, client }) {
  return page(
    user.userInfo.name ?? user.userInfo.sub,
    `${note ? noteSection(note) : ''}
    <section>
      <h1 id="greeting">Hello, ${escape(user.userInfo.given_name ?? user.userInfo.name ?? user.userInfo.sub)}</h1>
      <p class="soft">Signed in to the client <code>${escape(client.id)}</code> with the scope <code>${escape(user.scope)}</code>.</p>
      <div class="actions">
        ${button('/refresh', 'Refresh the tokens', 'id="refresh"')}
        ${button('/notes', 'Read the notes', 'name="action" value="read" id="read-notes"')}
        ${button('/notes', 'Add a note', 'name="action" value="write" id="add-note"')}
        <a class="button" id="sign-out" href="/sign-out">Sign out</a>
      </div>
    </section>
    <section><h2>User info</h2><dl id="user-info">${claims(user.userInfo)}</dl></section>
    <section>
      <h2>Tokens</h2>
      ${token('ID token', user.id_token)}
      ${token('Access token', user.access_token)}
      ${token('Refresh token', user.refresh_token)}
    </section>`,
  );
}

/** What is shown when something went wrong. */
export function errorPage({ code, text }) {
  return page(
    'Sign-in failed',
    `<section>
      <h1>That did not work</h1>
      <p>${escape(text)}</p>
      ${code ? `<p class="soft">Error: <code id="error-code">${escape(code)}</code></p>` : ''}
      <p class="actions"><a class="button" href="/">Back to the start</a></p>
    </section>`,
  );
}

const noteSection = ({ title, text }) =>
  `<section class="note" role="status" id="note"><h2>${escape(title)}</h2><p class="soft">${escape(text)}</p></section>`;

const button = (action, words, attributes) =>
  `<form method="post" action="${action}"><button class="button" ${attributes}>${words}</button></form>`;

const claims = (userInfo) =>
  Object.entries(userInfo)
    .map(
      ([name, value]) =>
        `<dt>${escape(name)}</dt><dd>${typeof value === 'object' ? pretty(value) : escape(value)}</dd>`,
    )
    .join('');

function token(name, value) {
  if (value === undefined) return `<p class="soft">No ${name.toLowerCase()} was issued.</p>`;
  // Showing tokens is what a demonstration is for; an application keeps them on its server.
  return `<details><summary>${name}</summary>${decoded(value)}<pre>${escape(value)}</pre></details>`;
}

function decoded(value) {
  const parts = value.split('.');
  if (parts.length !== 3) return '<p class="soft">Opaque: it means something to the provider only.</p>';
  const [header, payload] = parts.slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
  return `<pre>${pretty(header)}</pre><pre>${pretty(payload)}</pre>`;
}
