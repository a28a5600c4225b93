import { isLoopbackHttp } from '../client-metadata.js';
import type { LintFacts, LintFault, LintRule } from './lint-rule.js';

const MEMBERS = ['redirectUris', 'postLogoutRedirectUris'] as const;
// What passes as one path or host and stands for many, however it is written.
const WILDCARD = /\*|%2a|%7b|[{}]/i;
const FORWARDS =
  /^(url|uri|next|redirect|redirect_ur[il]|return_?to|return_?url|continue|goto|target|dest(ination)?)$/i;

/** What is registered as places that users are sent back to. */
export const REDIRECT_RULES: readonly LintRule[] = [
  {
    id: 'redirect-http',
    severity: 'error',
    clause: 'RFC 9700 §2.6',
    find: (facts) =>
      eachUri(facts, (uri) =>
        uri.toLowerCase().startsWith('http://') && !isLoopbackHttp(uri)
          ? 'Register an https URI instead: whoever is on the way reads the code in plain http.'
          : undefined,
      ),
  },
  {
    id: 'redirect-localhost',
    severity: 'warning',
    clause: 'RFC 8252 §8.3',
    find: (facts) => (facts.development ? [] : eachUri(facts, (uri) => localhostAdvice(uri, facts))),
  },
  {
    id: 'redirect-wildcard',
    severity: 'error',
    clause: 'RFC 9700 §4.1.3',
    find: (facts) =>
      eachUri(facts, (uri) =>
        WILDCARD.test(uri)
          ? 'Register each URI in full: they are compared exactly, and a pattern would let attackers in.'
          : undefined,
      ),
  },
  {
    id: 'redirect-forwards',
    severity: 'warning',
    clause: 'RFC 9700 §4.11.1',
    find: (facts) =>
      eachUri(facts, (uri) => {
        const name = parametersOf(uri).find((parameter) => FORWARDS.test(parameter));
        return name === undefined
          ? undefined
          : `Take the parameter ${name} out: a page that forwards to what it names hands on the code with it.`;
      }),
  },
];

function localhostAdvice(uri: string, { client }: LintFacts): string | undefined {
  if (!isLoopbackHttp(uri)) return undefined;
  if (client.applicationType !== 'native') {
    return 'Take it out: it is for development, and this issuer is not; whatever runs on the machine of the user gets the code.';
  }
  return uri.startsWith('http://localhost')
    ? 'Use 127.0.0.1 and [::1] instead of localhost, which may lead elsewhere.'
    : undefined;
}

function eachUri({ client }: LintFacts, advise: (uri: string) => string | undefined): LintFault[] {
  return MEMBERS.flatMap((member) =>
    client[member].flatMap((uri, index): LintFault[] => {
      const advice = advise(uri);
      return advice === undefined ? [] : [[member, advice, `/${index}`]];
    }),
  );
}

function parametersOf(uri: string): string[] {
  return URL.canParse(uri) ? [...new URL(uri).searchParams.keys()] : [];
}
