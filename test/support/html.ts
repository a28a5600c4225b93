/** A start tag of a page, with its attributes and where it stands. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly start: number;
  readonly end: number;
}

const TAG = /<([a-z][a-z0-9]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
const ATTRIBUTE = /([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** A page as far as a test reads it: tags, their attributes and their text. */
export class Html {
  readonly tags: readonly Tag[];

  constructor(readonly source: string) {
    this.tags = [...source.matchAll(TAG)].map((match) => ({
      name: (match[1] ?? '').toLowerCase(),
      attributes: attributesOf(match[2] ?? ''),
      start: match.index,
      end: match.index + match[0].length,
    }));
  }

  /** The tag with this id. */
  find(id: string): Tag | undefined {
    return this.tags.find(({ attributes }) => attributes.get('id') === id);
  }

  /** Whether the page has an element with this id, as in `#sign-in`. */
  has(selector: string): boolean {
    return this.find(selector.replace(/^#/, '')) !== undefined;
  }

  /** What a reader sees of the element with this id. */
  text(selector: string): string | undefined {
    const tag = this.find(selector.replace(/^#/, ''));
    return tag === undefined ? undefined : plain(this.source.slice(tag.end, this.endOf(tag)));
  }

  /** What a reader sees of the whole page. */
  get words(): string {
    return plain(this.source.replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, ''));
  }

  /** Where the element that a tag opens ends. */
  endOf({ name, end }: Tag): number {
    const edges = new RegExp(`<(/?)${name}\\b`, 'gi');
    edges.lastIndex = end;
    let depth = 1;
    for (let edge = edges.exec(this.source); edge !== null; edge = edges.exec(this.source)) {
      depth += edge[1] === '/' ? -1 : 1;
      if (depth === 0) return edge.index;
    }
    return this.source.length;
  }
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(ATTRIBUTE)].map(([, name, double, single, bare]) => [
      (name ?? '').toLowerCase(),
      decoded(double ?? single ?? bare ?? ''),
    ]),
  );
}

function plain(html: string): string {
  return decoded(html.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

function decoded(text: string): string {
  return text.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return ENTITIES[entity] ?? whole;
    const code = /^#x/i.test(entity) ? parseInt(entity.slice(2), 16) : Number(entity.slice(1));
    return String.fromCodePoint(code);
  });
}
