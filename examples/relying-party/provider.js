/** What OpenID Connect Discovery says about the provider: an application needs the issuer and nothing else. */
export async function discover(issuer) {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`);
  if (!response.ok) throw new Error(`${issuer} answered ${response.status} for its discovery document`);
  const metadata = await response.json();
  if (metadata.issuer !== issuer) throw new Error(`the provider calls itself ${metadata.issuer}, not ${issuer}`);
  return metadata;
}

/** The user's claims, as the provider knows them now. */
export async function fetchUserInfo(metadata, accessToken) {
  const response = await fetch(metadata.userinfo_endpoint, { headers: { authorization: `Bearer ${accessToken}` } });
  if (!response.ok) throw new Error(`user info was answered with ${response.status}`);
  return response.json();
}

/** A new set of tokens for a refresh token, which is used up by this (RFC 6749 section 6). */
export async function refreshTokens(metadata, client, refreshToken) {
  const response = await fetch(metadata.token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: client.id,
      client_secret: client.secret,
    }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${answer.error}: ${answer.error_description ?? 'no description'}`);
  return answer;
}

/** Where to send the browser so that the user is signed out of the provider too (OpenID RP-Initiated Logout). */
export function signOutUrl(metadata, { idToken, returnTo }) {
  const url = new URL(metadata.end_session_endpoint);
  url.searchParams.set('id_token_hint', idToken);
  url.searchParams.set('post_logout_redirect_uri', returnTo);
  return url.href;
}
