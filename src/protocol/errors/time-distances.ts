/** The times of a token of somebody else, in seconds from now: positive ones are ahead. */
export function timeDistances(
  claims: Readonly<Record<string, unknown>>,
  now: number,
): Readonly<Record<string, number>> {
  const times = ['exp', 'iat', 'nbf'].flatMap((name) => {
    const time = claims[name];
    return typeof time === 'number' ? [[name, Math.round(time - now)] as const] : [];
  });
  return Object.fromEntries(times);
}
