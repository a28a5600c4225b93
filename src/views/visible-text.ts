/** Elements that do not end a line of text. */
const INLINE = new Set(['a', 'abbr', 'bdi', 'b', 'code', 'em', 'i', 'small', 'span', 'strong', 'time']);
const TAG = /<(\/?)([a-z][a-z0-9]*)(?:"[^"]*"|'[^']*'|[^>"'])*>/gi;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Initials in the place of a picture: they say nothing that does not stand beside them. */
const DECORATION = /<span[^>]*aria-hidden="true"[^>]*>[^<]*<\/span>/g;

/** What a page of ours says within its `main`, line by line and in order, as somebody reads it. */
export function visibleText(html: string): string[] {
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? '';
  const lines = main
    .replace(/<svg[\s\S]*?<\/svg>/g, '')
    .replace(DECORATION, '')
    .replace(TAG, (_tag, _end, name: string) => (INLINE.has(name.toLowerCase()) ? '' : '\n'));
  return lines
    .split('\n')
    .map((line) => decoded(line).replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
}

function decoded(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}
