/** Whether a range, lines of `rest-of-digest:count`, holds a digest; lines that count none are padding. */
export function rangeHolds(range: string, restOfDigest: string): boolean {
  return range.split('\n').some((line) => {
    const [rest = '', count = ''] = line.trim().split(':');
    return rest.toUpperCase() === restOfDigest && Number(count) > 0;
  });
}
