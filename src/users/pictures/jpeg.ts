import type { CleanPicture } from './clean-picture.js';
import { exifOrientation, orientationSegment } from './exif-orientation.js';

const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const COMMENT = 0xfe;
const EXIF = 0xe1;
const COLOUR_PROFILE = 0xe2;
const ADOBE = 0xee;
const MOST_SEGMENTS = 4096;

interface Segment {
  readonly marker: number;
  /** With its marker, its length and, for a scan, the data that follows. */
  readonly bytes: Buffer;
  /** Where the next one begins. */
  readonly end: number;
}

/** Reads a JPEG (ITU-T T.81 Annex B); nothing when it is none from its start to its end marker. */
export function cleanJpeg(file: Buffer): CleanPicture | undefined {
  if (file.length < 4 || file[0] !== 0xff || file[1] !== START) return undefined;
  const segments = segmentsOf(file);
  const frame = segments?.find(({ marker }) => isFrame(marker));
  if (segments === undefined || frame === undefined || frame.bytes.length < 10) return undefined;
  if (!segments.some(({ marker }) => marker === SCAN)) return undefined;
  const orientation = segments.find(({ marker }) => marker === EXIF);
  const content = Buffer.concat([
    Buffer.from([0xff, START]),
    // What turns the picture the right way up is all that stays of what the camera wrote
    orientationSegment(orientation && exifOrientation(orientation.bytes)),
    ...segments.filter(({ marker }) => isSeen(marker)).map(({ bytes }) => bytes),
    Buffer.from([0xff, END]),
  ]);
  return { content, height: frame.bytes.readUInt16BE(5), width: frame.bytes.readUInt16BE(7) };
}

function segmentsOf(file: Buffer): Segment[] | undefined {
  const segments: Segment[] = [];
  let at = 2;
  while (segments.length < MOST_SEGMENTS) {
    const segment = segmentAt(file, at);
    if (segment === undefined) return undefined;
    segments.push(segment);
    at = segment.end;
    if (file[at] === 0xff && file[at + 1] === END) return segments;
  }
  return undefined;
}

function segmentAt(file: Buffer, start: number): Segment | undefined {
  let at = start;
  // T.81 §B.1.1.2: a marker may be filled up in front
  while (file[at] === 0xff && file[at + 1] === 0xff) at += 1;
  if (at + 4 > file.length || file[at] !== 0xff) return undefined;
  const marker = file[at + 1] ?? 0;
  const end = at + 2 + file.readUInt16BE(at + 2);
  if (!hasLength(marker) || end > file.length) return undefined;
  const after = marker === SCAN ? endOfScan(file, end) : end;
  return { marker, bytes: file.subarray(at, after), end: after };
}

/** T.81 §B.1.1.5: in the data of a scan only 0xFF00 and restart markers begin with 0xFF. */
function endOfScan(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 1)) {
    const next = file[at + 1] ?? END;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return file.length;
}

function hasLength(marker: number): boolean {
  return marker >= 0xc0 && marker !== START && marker !== END && !(marker >= 0xd0 && marker <= 0xd7);
}

/** Start of frame, baseline to progressive; 0xC4, 0xC8 and 0xCC are something else (T.81 Table B.1). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** Neither comments nor what applications put beside the picture, save what says its colours. */
function isSeen(marker: number): boolean {
  const isApplication = marker >= 0xe0 && marker <= 0xef;
  return marker !== COMMENT && (!isApplication || marker === COLOUR_PROFILE || marker === ADOBE);
}
