type Value = bigint | Buffer;

/** A message in the protobuf encoding, field by field, by the numbers of its description. */
export class Message {
  constructor(private readonly fields: ReadonlyMap<number, readonly Value[]>) {}

  has(field: number): boolean {
    return this.fields.has(field);
  }

  /** The last number of a field, 0 where there is none. */
  number(field: number): bigint {
    const value = this.fields.get(field)?.at(-1);
    return typeof value === 'bigint' ? value : 0n;
  }

  /** The last bytes or text of a field, empty where there are none. */
  bytes(field: number): Buffer {
    const value = this.fields.get(field)?.at(-1);
    return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
  }

  /** The messages within a field that repeats. */
  messages(field: number): Message[] {
    return (this.fields.get(field) ?? []).filter((value) => Buffer.isBuffer(value)).map((value) => messageIn(value));
  }
}

/** Reads a message: numbers, fixed numbers and whatever has a length. */
export function messageIn(bytes: Buffer): Message {
  const fields = new Map<number, Value[]>();
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes.readUInt8(at++);
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const take = (length: number): Buffer => bytes.subarray(at, (at += length));
  const read = (type: number): Value => {
    if (type === 0) return varint();
    if (type === 1) return take(8).readBigUInt64LE();
    if (type === 5) return BigInt(take(4).readUInt32LE());
    if (type === 2) return take(Number(varint()));
    throw new Error(`there is no wire type ${type}`);
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const value = read(tag & 7);
    fields.set(tag >> 3, [...(fields.get(tag >> 3) ?? []), value]);
  }
  return new Message(fields);
}
