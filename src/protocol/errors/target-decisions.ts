import { plainAddress, type Decision } from '#explanations/index.js';

const MOST_NAMED = 20;

/** RFC 8707 §2: the resource that was named is none of those that the client may have tokens for. */
export function unknownResource(
  presented: string,
  { clientId }: { readonly clientId: string },
  open: readonly string[] = [],
): Decision {
  const facts = { presented: plainAddress(presented), open: open.slice(0, MOST_NAMED).map(plainAddress) };
  return { rule: 'resource.unknown', clause: 'RFC 8707 §2', clientId, facts };
}

/** RFC 8707 §2: several resources are meant, and a token is for one. */
export function severalResources(candidates: readonly string[], { clientId }: { readonly clientId: string }): Decision {
  const facts = { candidates: candidates.slice(0, MOST_NAMED).map(plainAddress) };
  return { rule: 'resource.several', clause: 'RFC 8707 §2', clientId, facts };
}

/** RFC 6749 §3.3: names of the asked scope that are not open. */
export function closedScope(
  asked: readonly string[],
  open: readonly string[],
  { clientId }: { readonly clientId: string },
): Decision {
  const refused = asked.filter((name) => !open.includes(name)).slice(0, MOST_NAMED);
  return { rule: 'scope.closed', clause: 'RFC 6749 §3.3', clientId, facts: { refused, open: open.slice(0, 50) } };
}
