const HEADER = Buffer.from('Exif\0\0', 'latin1');
const ORIENTATION = 0x0112;
const FIRST_TIFF_BYTE = 4 + HEADER.length;

/** How a picture must be turned to be seen upright, 1 to 8, from the EXIF segment of a JPEG (Exif 2.3 §4.6.4). */
export function exifOrientation(segment: Buffer): number | undefined {
  const tiff = segment.subarray(FIRST_TIFF_BYTE);
  if (!segment.subarray(4, FIRST_TIFF_BYTE).equals(HEADER) || tiff.length < 8) return undefined;
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let entry = 0; entry < Math.min(short(directory), 64); entry += 1) {
    const at = directory + 2 + entry * 12;
    if (short(at) === ORIENTATION) return valid(short(at + 8));
  }
  return undefined;
}

/** An EXIF segment that says this and nothing else; no bytes when there is nothing to say. */
export function orientationSegment(orientation: number | undefined): Buffer {
  if (orientation === undefined || orientation === 1) return Buffer.alloc(0);
  const tiff = Buffer.from('4d4d002a00000008' + '0001' + '0112000300000001' + '00000000' + '00000000', 'hex');
  tiff.writeUInt16BE(orientation, 18);
  const segment = Buffer.alloc(4);
  segment.writeUInt16BE(0xffe1);
  segment.writeUInt16BE(2 + HEADER.length + tiff.length, 2);
  return Buffer.concat([segment, HEADER, tiff]);
}

function valid(orientation: number): number | undefined {
  return orientation >= 1 && orientation <= 8 ? orientation : undefined;
}
