import { InvalidScope } from '../errors/oauth-error.js';
import { spaceDelimited, type OAuthParameters } from './oauth-parameters.js';

const SCOPE_TOKEN = /^[\x21\x23-\x5B\x5D-\x7E]+$/;

/** RFC 6749 §3.3: the names asked for, well-formed, or the given default when none is asked. */
export function askedScope(parameters: OAuthParameters, defaultScope: readonly string[]): readonly string[] {
  const asked = parameters.get('scope');
  const names = asked === undefined ? defaultScope : spaceDelimited(asked);
  if (names.some((name) => !SCOPE_TOKEN.test(name))) {
    throw new InvalidScope('scope has characters outside scope-token', {
      description: 'The scope is malformed.',
      decision: { rule: 'scope.malformed', clause: 'RFC 6749 §3.3', facts: {} },
    });
  }
  if (names.length === 0) {
    throw new InvalidScope('no scope and no default scope', {
      description: 'The scope is missing.',
      decision: { rule: 'scope.missing', clause: 'RFC 6749 §3.3', facts: {} },
    });
  }
  return names;
}
