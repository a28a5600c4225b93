/** The version of the admin API; it changes when what is described changes in a way that others must follow. */
export const API_VERSION = '1';

/** The issuer that the built document speaks of; a service that serves it puts its own in its place. */
export const DOCUMENTED_ISSUER = 'http://localhost:3000';
