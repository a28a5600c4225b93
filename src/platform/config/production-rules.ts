import type { Environment } from './registration-environment.dto.js';
import { reachesLoopback, trustsEverybody } from './outbound-rules.js';
import type { Problems } from './problems.js';
import { elements, readOutboundTargets } from './readers.js';
import { readSecretKeys } from './secret-keys.js';
import type { IssuerKind } from './settings.js';
import { clientSecretWeakness, isWeakKey, passwordWeakness } from './weak-values.js';

const NEW_KEY = 'Make a key with: openssl rand -base64 32 | tr "+/" "-_" | tr -d "="';

/** Finds what only a development issuer, or only a development or test issuer, may have. */
export function judgeSafety(environment: Environment, kind: IssuerKind, problems: Problems): void {
  if (kind !== 'development' && environment.SECRET_KEYS === undefined) {
    problems.add('SECRET_KEYS', `is missing, which only a development issuer may do without`, `${NEW_KEY}.`);
  }
  if (kind !== 'production') return;
  judgeKeys(environment, problems);
  judgeAdministrator(environment, problems);
  judgeNetwork(environment, problems);
}

function judgeKeys({ SECRET_KEYS: text }: Environment, problems: Problems): void {
  const keys = text === undefined ? undefined : readSecretKeys(text);
  if (keys?.ok !== true) return;
  for (const [index, key] of keys.value.entries()) {
    if (isWeakKey(key))
      problems.add('SECRET_KEYS', `has a key (number ${index + 1}) that is not random`, `${NEW_KEY}.`);
  }
}

function judgeAdministrator(environment: Environment, problems: Problems): void {
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password, ADMIN_CLIENT_SECRET: secret } = environment;
  if (password !== undefined) problems.addIf(passwordWeakness(password, email), 'ADMIN_PASSWORD');
  if (secret !== undefined) problems.addIf(clientSecretWeakness(secret), 'ADMIN_CLIENT_SECRET');
}

function judgeNetwork({ OUTBOUND_ALLOW: outbound, TRUST_PROXY: proxies }: Environment, problems: Problems): void {
  const targets = outbound === undefined ? undefined : readOutboundTargets(outbound);
  if (targets?.ok === true && targets.value.some(reachesLoopback)) {
    problems.add('OUTBOUND_ALLOW', 'reaches this machine itself, which only a development or test issuer may allow');
  }
  if (proxies !== undefined && !problems.has('TRUST_PROXY') && trustsEverybody(elements(proxies))) {
    problems.add('TRUST_PROXY', 'trusts everybody, so that anyone could pretend to come from any address');
  }
}
