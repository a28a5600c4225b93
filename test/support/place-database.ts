/** The names of a place by language, as databases of places have them. */
export interface RecordedPlace {
  readonly city?: Readonly<Record<string, string>>;
  readonly country?: { readonly code: string; readonly names?: Readonly<Record<string, string>> };
}

type Value = string | number | readonly string[] | { readonly [name: string]: Value };

const TYPES = { text: 2, uint32: 6, map: 7, array: 11 } as const;
const METADATA_MARKER = Buffer.from('\u00ab\u00cd\u00efMaxMind.com', 'latin1');
const SEPARATOR = Buffer.alloc(16);
const BITS = 128;

/**
 * Writes a database in the MaxMind DB format 2.0 that knows the given IPv4 addresses, each a network of its own:
 * a tree of 24-bit records over IPv6, in which IPv4 is the first `::/96`, then the data, then the metadata.
 */
export function placeDatabase(places: Readonly<Record<string, RecordedPlace>>): Buffer {
  const data: Buffer[] = [];
  const nodes: [number | undefined, number | undefined][] = [[undefined, undefined]];
  const leaves = new Map<string, number>();
  for (const [address, place] of Object.entries(places)) {
    const offset = Buffer.concat(data).length;
    data.push(encoded(recordOf(place)));
    plant(nodes, leaves, bitsOf(address), offset);
  }
  const record = (node: number, side: 0 | 1): number => {
    const leaf = leaves.get(`${node}/${side}`);
    if (leaf !== undefined) return nodes.length + SEPARATOR.length + leaf;
    return nodes[node]?.[side] ?? nodes.length;
  };
  const tree = nodes.map((_, node) => Buffer.concat([uint24(record(node, 0)), uint24(record(node, 1))]));
  return Buffer.concat([...tree, SEPARATOR, ...data, METADATA_MARKER, encoded(metadataOf(nodes.length))]);
}

function plant(
  nodes: [number | undefined, number | undefined][],
  leaves: Map<string, number>,
  bits: readonly (0 | 1)[],
  offset: number,
): void {
  let node = 0;
  for (const [depth, side] of bits.entries()) {
    if (depth === bits.length - 1) {
      leaves.set(`${node}/${side}`, offset);
      return;
    }
    const branch = (nodes[node] ??= [undefined, undefined]);
    if (branch[side] === undefined) branch[side] = nodes.push([undefined, undefined]) - 1;
    node = branch[side];
  }
}

function bitsOf(ipv4: string): (0 | 1)[] {
  const octets = ipv4.split('.').map(Number);
  const bits = octets.flatMap((octet) =>
    Array.from(octet.toString(2).padStart(8, '0'), (bit): 0 | 1 => (bit === '1' ? 1 : 0)),
  );
  return [...Array.from({ length: BITS - bits.length }, () => 0 as const), ...bits];
}

function recordOf({ city, country }: RecordedPlace): Value {
  return {
    ...(city === undefined ? {} : { city: { names: city } }),
    ...(country === undefined ? {} : { country: { iso_code: country.code, names: country.names ?? {} } }),
  };
}

function metadataOf(nodeCount: number): Value {
  return {
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_790_000_000,
    database_type: 'Test-City',
    description: { en: 'Places of tests' },
    ip_version: 6,
    languages: ['en', 'zh-CN'],
    node_count: nodeCount,
    record_size: 24,
  };
}

function encoded(value: Value): Buffer {
  if (typeof value === 'string') {
    const text = Buffer.from(value);
    return Buffer.concat([control(TYPES.text, text.length), text]);
  }
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(TYPES.uint32, 4), bytes]);
  }
  if (Array.isArray(value)) {
    const elements = value as readonly string[];
    return Buffer.concat([control(TYPES.array, elements.length), ...elements.map(encoded)]);
  }
  const members = Object.entries(value as { readonly [name: string]: Value });
  return Buffer.concat([
    control(TYPES.map, members.length),
    ...members.flatMap(([name, member]) => [encoded(name), encoded(member)]),
  ]);
}

/** Types after the seventh are written in a byte of their own; sizes from 29 on as well. */
function control(type: number, size: number): Buffer {
  const sizeBits = size < 29 ? size : 29;
  const more = size < 29 ? [] : [size - 29];
  return Buffer.from(type <= 7 ? [(type << 5) | sizeBits, ...more] : [sizeBits, type - 7, ...more]);
}

function uint24(value: number): Buffer {
  const bytes = Buffer.alloc(3);
  bytes.writeUIntBE(value, 0, 3);
  return bytes;
}
