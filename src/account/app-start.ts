import type { Client } from '#clients/index.js';
import type { AppTile } from '#views/index.js';

/**
 * Where one click opens an application: at its own login, which is told who asks (OIDC Core §4), or at its home.
 * No login_hint: the name of the user is for those only whom the user has allowed to know it.
 */
export function appStart(
  { initiateLoginUri, clientUri }: Pick<Client, 'initiateLoginUri' | 'clientUri'>,
  issuer: string,
): string | undefined {
  if (initiateLoginUri === undefined) return clientUri;
  const url = new URL(initiateLoginUri);
  url.searchParams.set('iss', issuer);
  return url.href;
}

/** The last used first, then the others by name. */
export function inOrderOfUse(apps: readonly AppTile[]): AppTile[] {
  const moment = ({ lastUsed }: AppTile): number => lastUsed?.getTime() ?? 0;
  return [...apps].sort((one, other) => moment(other) - moment(one) || byName(one, other));
}

/** The applications with a text in their name or host, whatever its letters' case. */
export function appsWith(apps: readonly AppTile[], text: string): AppTile[] {
  const wanted = plain(text.trim());
  return apps.filter(({ client }) => [client.name, client.host ?? ''].some((word) => plain(word).includes(wanted)));
}

function byName(one: AppTile, other: AppTile): number {
  return plain(one.client.name).localeCompare(plain(other.client.name)) || one.id.localeCompare(other.id);
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
