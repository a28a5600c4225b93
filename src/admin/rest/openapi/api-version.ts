/** The version of the admin API; it changes when what is described changes in a way that others must follow. */
export const API_VERSION = '1';
