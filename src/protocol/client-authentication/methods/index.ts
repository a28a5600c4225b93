import { ClientSecretBasic } from './client-secret-basic.js';
import { ClientSecretJwt } from './client-secret-jwt.js';
import { ClientSecretPost } from './client-secret-post.js';
import { NoAuthentication } from './none.js';
import { PrivateKeyJwt } from './private-key-jwt.js';

/** The client authentication methods that this service offers; metadata is derived from it. */
export const METHODS = [ClientSecretBasic, ClientSecretPost, ClientSecretJwt, PrivateKeyJwt, NoAuthentication] as const;
