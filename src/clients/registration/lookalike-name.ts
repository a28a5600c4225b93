/** Letters of other scripts, and digits, that look like Latin letters in the usual fonts (Unicode TR 39 §4). */
const LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a', α: 'a', ԁ: 'd', е: 'e', ε: 'e', һ: 'h', і: 'i', ι: 'i', ј: 'j', κ: 'k', к: 'k', ӏ: 'i', м: 'm', п: 'n',
  о: 'o', ο: 'o', р: 'p', ρ: 'p', ԛ: 'q', ѕ: 's', т: 't', τ: 't', υ: 'u', ѵ: 'v', ν: 'v', ԝ: 'w', х: 'x', χ: 'x',
  у: 'y', γ: 'y', с: 'c', в: 'b', н: 'h', ß: 'b', β: 'b', г: 'r',
  0: 'o', 1: 'i', l: 'i', 3: 'e', 5: 's',
}; // prettier-ignore

/** What remains of a name for an eye that is not careful: case, accents, spaces, signs and look-alikes are gone. */
export function looksOf(name: string): string {
  const letters = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
  return letters.replaceAll(/./gu, (letter) => LOOKALIKES[letter] ?? letter);
}

/** Tells whether two names can be taken for one another. */
export function looksLike(one: string, other: string): boolean {
  const looks = looksOf(one);
  return looks !== '' && looks === looksOf(other);
}
