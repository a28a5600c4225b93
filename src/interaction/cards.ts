import { isVetted, logoPath, type Client } from '#clients/index.js';
import type { ClientCard } from '#views/index.js';

/** What the pages of an interaction say about the client that asks. */
export function clientCard(client: Client, redirectUri: string): ClientCard {
  return {
    name: nameOf(client),
    host: webUrl(redirectUri)?.host,
    logoUri: logoPath(client),
    clientUri: client.clientUri,
    policyUri: client.policyUri,
    tosUri: client.tosUri,
    vetted: isVetted(client),
  };
}

/** Where a user who is stuck can start again: at the client's own login, its page, or the site it returns to. */
export function wayBack(
  client: Client | undefined,
  redirectUri: string,
  issuer: string,
): { readonly continueUrl?: string; readonly continueName?: string } {
  if (client === undefined) return {};
  const continueUrl = loginAt(client, issuer) ?? client.clientUri ?? webUrl(redirectUri)?.origin;
  return continueUrl === undefined ? {} : { continueUrl, continueName: nameOf(client) };
}

/** OIDC Core §4: a login that starts here names the issuer. */
function loginAt({ initiateLoginUri }: Client, issuer: string): string | undefined {
  if (initiateLoginUri === undefined) return undefined;
  const url = new URL(initiateLoginUri);
  url.searchParams.set('iss', issuer);
  return url.href;
}

function nameOf({ clientName, clientId }: Client): string {
  return clientName ?? clientId;
}

function webUrl(uri: string): URL | undefined {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : undefined;
}
