import type { SignUp } from '#platform/config/index.js';

/** Whether somebody with this address may make an account alone, as the operator decided. */
export function mayMakeAccount(signUp: SignUp, address: string): boolean {
  if (signUp.mode !== 'domains') return signUp.mode === 'open';
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return signUp.domains.some((allowed) => allowed.toLowerCase() === domain);
}

/** Whether an address is refused before anything is asked: only what its domain says, never whether there is an account. */
export function isOutsideDomains(signUp: SignUp, address: string): boolean {
  return signUp.mode === 'domains' && !mayMakeAccount(signUp, address);
}
