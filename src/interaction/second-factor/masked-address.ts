/** Enough of an address for its owner to know it, as in `al…@acme.example`: whoever has only the password learns no more. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const shown = Array.from(address.slice(0, at)).slice(0, at > 3 ? 2 : 1);
  return `${shown.join('')}…${address.slice(at)}`;
}
