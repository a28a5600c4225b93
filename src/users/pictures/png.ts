import type { CleanPicture } from './clean-picture.js';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const CHUNK_OVERHEAD = 12;
const MOST_CHUNKS = 4096;

/** What it takes to see the picture (PNG §5.6): no text, no time, no EXIF, and of an animation the still picture. */
const KEPT = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT']);

/** Reads a PNG (W3C PNG §5); nothing when it is none from its first byte to its end chunk. */
export function cleanPng(file: Buffer): CleanPicture | undefined {
  if (!file.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return undefined;
  const kept: Buffer[] = [SIGNATURE];
  let [at, hasData] = [SIGNATURE.length, false];
  for (let chunks = 0; chunks < MOST_CHUNKS && at + CHUNK_OVERHEAD <= file.length; chunks += 1) {
    const end = at + CHUNK_OVERHEAD + file.readUInt32BE(at);
    const name = file.toString('latin1', at + 4, at + 8);
    // PNG §5.6: the header comes first
    if (end > file.length || (chunks === 0) !== (name === 'IHDR')) return undefined;
    if (KEPT.has(name)) kept.push(file.subarray(at, end));
    hasData ||= name === 'IDAT';
    if (name === 'IEND') return hasData ? sized(Buffer.concat(kept)) : undefined;
    at = end;
  }
  return undefined;
}

function sized(content: Buffer): CleanPicture | undefined {
  const header = SIGNATURE.length + 8;
  if (content.readUInt32BE(SIGNATURE.length) !== 13) return undefined;
  return { content, width: content.readUInt32BE(header), height: content.readUInt32BE(header + 4) };
}
