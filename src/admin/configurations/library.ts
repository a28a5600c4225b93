import type { Client } from '#clients/index.js';
import type { ClientAuthenticationMethod } from '#standards/oauth.js';
import type { ApplicationKind } from './application-kind.js';

/** What a configuration is made from: the record of a client, and where the service is. */
export interface ConfigurationFacts {
  readonly issuer: string;
  readonly kind: ApplicationKind;
  readonly client: Client;
  /** What it may ask for. */
  readonly scope: readonly string[];
  /** The first of its redirect URIs; empty for what signs nobody in. */
  readonly redirectUri: string;
  readonly postLogoutRedirectUri?: string;
}

/** A library or program that applications sign in with. */
export interface Library {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  /** What the configuration is usually called. */
  readonly file: string;
  readonly documentation: string;
  readonly kinds: readonly ApplicationKind[];
  /** How it can prove itself. */
  readonly methods: readonly ClientAuthenticationMethod[];
  /** What else of the client it does not fit, if anything. */
  readonly misfit?: (facts: ConfigurationFacts) => string | undefined;
  readonly text: (facts: ConfigurationFacts) => string;
}

/** The variable that every configuration has the secret from; no configuration has a secret. */
export const SECRET_VARIABLE = 'GATEHOUSE_CLIENT_SECRET';

/** The address of an endpoint, for libraries that do not discover it. */
export function endpoint({ issuer }: ConfigurationFacts, path: 'authorize' | 'token' | 'userinfo'): string {
  return `${issuer}/oauth2/${path}`;
}
