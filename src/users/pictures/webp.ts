import type { CleanPicture } from './clean-picture.js';

const HEADER_LENGTH = 12;
const MOST_CHUNKS = 64;
const KEPT = new Set(['VP8X', 'ICCP', 'ALPH', 'VP8 ', 'VP8L']);
/** In the flags of VP8X: EXIF, XMP, animation (RFC 9649 §2.7.1). */
const GONE_FLAGS = 0x08 | 0x04 | 0x02;

/** Reads a WebP (RFC 9649 §2); nothing when it is none, or an animation. */
export function cleanWebp(file: Buffer): CleanPicture | undefined {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WEBP') return undefined;
  const chunks = chunksOf(file);
  const image = chunks?.find(({ name }) => name === 'VP8 ' || name === 'VP8L');
  const size = image && sizeOf(image.name, image.bytes.subarray(8));
  if (chunks === undefined || size === undefined) return undefined;
  const body = Buffer.concat(chunks.filter(({ name }) => KEPT.has(name)).map(({ bytes }) => bytes));
  const header = Buffer.from('RIFF....WEBP', 'latin1');
  header.writeUInt32LE(body.length + 4, 4);
  return { content: Buffer.concat([header, body]), ...size };
}

interface Chunk {
  readonly name: string;
  readonly bytes: Buffer;
}

function chunksOf(file: Buffer): Chunk[] | undefined {
  const chunks: Chunk[] = [];
  const end = Math.min(file.length, 8 + file.readUInt32LE(4));
  for (let at = HEADER_LENGTH; at + 8 <= end && chunks.length < MOST_CHUNKS;) {
    const length = file.readUInt32LE(at + 4);
    if (at + 8 + length > end) return undefined;
    const padded = Buffer.alloc(8 + length + (length % 2));
    file.copy(padded, 0, at, at + 8 + length);
    const name = file.toString('latin1', at, at + 4);
    if (name === 'VP8X' && length >= 10) padded.writeUInt8(padded.readUInt8(8) & ~GONE_FLAGS, 8);
    chunks.push({ name, bytes: padded });
    at += padded.length;
  }
  return chunks;
}

function sizeOf(name: string, data: Buffer): Pick<CleanPicture, 'width' | 'height'> | undefined {
  if (name === 'VP8L') {
    // RFC 9649 §3.4: a signature byte, then 14 bits for each side less one
    if (data.length < 5 || data[0] !== 0x2f) return undefined;
    const bits = data.readUInt32LE(1);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  // RFC 6386 §9.1: three bytes of frame tag, the start code, then 14 bits for each side
  if (data.length < 10 || data.toString('hex', 3, 6) !== '9d012a') return undefined;
  return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
}
