import { text, type Facts } from './words.js';

/** How a redirect URI differs from the one that it is most like. */
export function redirectUriWords({ presented, registered, differs_at: at }: Facts): string {
  if (registered === undefined) return `The client has no redirect_uri registered, and ${text(presented)} was sent.`;
  const difference = kindOf(text(presented), text(registered));
  return `The redirect_uri ${text(presented)} differs at character ${text(at)} from the registered ${text(registered)}${difference}.`;
}

/** The same of the one that was sent with a code. */
export function laterRedirectUriWords({ presented, earlier, differs_at: at }: Facts): string {
  if (at === undefined) return `The redirect_uri is missing; the authorization request had ${text(earlier)}.`;
  return `The redirect_uri ${text(presented)} differs at character ${text(at)} from ${text(earlier)} of the authorization request.`;
}

/** What people mistake most, said by its name. */
function kindOf(presented: string, registered: string): string {
  if (presented === registered) return ', in its query or fragment';
  if (presented === `${registered}/` || `${presented}/` === registered) return ' by a slash at the end';
  if (presented.toLowerCase() === registered.toLowerCase()) return ' by upper and lower case';
  if (!URL.canParse(presented) || !URL.canParse(registered)) return '';
  const [one, other] = [new URL(presented), new URL(registered)];
  const rest = (url: URL) => `${url.hostname}${url.pathname}`;
  if (rest(one) !== rest(other)) return '';
  if (one.protocol !== other.protocol) return ' by its scheme';
  return one.port === other.port ? '' : ' by its port';
}
