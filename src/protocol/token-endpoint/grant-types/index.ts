import { AuthorizationCodeGrant } from './authorization-code.js';
import { ClientCredentialsGrant } from './client-credentials.js';
import { RefreshTokenGrant } from './refresh-token.js';

/** The grant types that this service offers; metadata is derived from it. */
export const GRANT_TYPES = [AuthorizationCodeGrant, RefreshTokenGrant, ClientCredentialsGrant] as const;

/** Injection token of the registry of grant types. */
export const GRANT_TYPE_HANDLERS = Symbol('grant types');
