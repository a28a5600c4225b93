// The pages of the peers: as small as pages can be, with the ids and fields that the load generator looks for.

const page = (body) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bench</title></head><body>${body}</body></html>`;
const form = (action, body) => page(`<form method="post" action="${action}">${body}</form>`);

/** Asks for name and password. */
export const signInPage = (action) =>
  form(
    action,
    '<input id="username" name="username"><input id="password" name="password" type="password">' +
      '<button id="sign-in" name="action" value="sign-in">Sign in</button>',
  );

/** Asks whether the client may have what it asks for. */
export const consentPage = (action, scopes) =>
  form(
    action,
    `<ul>${scopes.map((scope) => `<li>${scope}</li>`).join('')}</ul>` +
      '<button id="consent-allow" name="decision" value="allow">Allow</button>' +
      '<button id="consent-deny" name="decision" value="deny">Deny</button>',
  );
