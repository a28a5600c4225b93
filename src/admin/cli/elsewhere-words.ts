import type { SignatureDoubt } from '#keys/index.js';

/** Says which setting of this command is not that of the service that signed something. */
export function elsewhereWords(doubt: Exclude<SignatureDoubt, { readonly because: 'changed' }>): string {
  if (doubt.because === 'issuer') {
    return (
      `says that it was signed for the issuer ${doubt.signedFor}, and ISSUER is ${doubt.here} here: ` +
      `run this with the settings of the service, ISSUER=${doubt.signedFor} among them.`
    );
  }
  return (
    `was signed with the key ${doubt.kid}, which is not in this database: ` +
    'run this with the DATABASE_URL (or DATA_DIR) of the service; if they are right, it is a forgery.'
  );
}
