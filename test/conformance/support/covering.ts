/** Values by dimension: one case of a matrix. */
export type Case<D extends string> = Readonly<Record<D, string>>;

/**
 * Picks cases until every three values that may come together do so in one of them. The full product would say little
 * more and take many times as long. The choice is greedy in the order of the product, so it is the same at every run.
 */
export function coveringCases<D extends string>(
  dimensions: Readonly<Record<D, readonly string[]>>,
  allowed: (one: Case<D>) => boolean,
): readonly Case<D>[] {
  const candidates = product(dimensions).filter(allowed);
  const open = new Map(candidates.map((one) => [one, triplesOf(one)]));
  const covered = new Set<string>();
  const picked: Case<D>[] = [];
  for (;;) {
    const [best] = [...open].reduce<[Case<D> | undefined, number]>(
      ([most, gain], [one, triples]) => {
        const news = triples.filter((triple) => !covered.has(triple)).length;
        return news > gain ? [one, news] : [most, gain];
      },
      [undefined, 0],
    );
    if (best === undefined) return picked;
    picked.push(best);
    for (const triple of open.get(best) ?? []) covered.add(triple);
    open.delete(best);
  }
}

function product<D extends string>(dimensions: Readonly<Record<D, readonly string[]>>): readonly Case<D>[] {
  return (Object.entries(dimensions) as [D, readonly string[]][]).reduce<Case<D>[]>(
    (cases, [name, values]) => cases.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{} as Case<D>],
  );
}

function triplesOf(one: Readonly<Record<string, string>>): readonly string[] {
  const pairs = Object.entries(one).map(([name, value]) => `${name}=${value}`);
  return pairs.flatMap((a, i) =>
    pairs.slice(i + 1).flatMap((b, j) => pairs.slice(i + j + 2).map((c) => [a, b, c].join('&'))),
  );
}
