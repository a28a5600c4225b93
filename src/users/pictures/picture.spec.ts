import { describe, expect, it } from 'vitest';
import { aJpeg, aPng, aWebp, cameraExif, jpegSegment, pngChunk } from '../../../test/support/pictures.js';
import { exifOrientation } from './exif-orientation.js';
import { cleanJpeg } from './jpeg.js';
import { cleanWebp } from './webp.js';
import { LARGEST_PICTURE, LARGEST_SIDE, readPicture } from './picture.js';

const SCRIPT = Buffer.from('<script>alert(document.domain)</script>');

const contentOf = (file: Buffer): Buffer => {
  const reading = readPicture(file);
  if (!reading.ok) throw new Error(reading.problem);
  return reading.picture.content;
};
const problemOf = (file: Buffer | undefined): string | undefined => {
  const reading = readPicture(file);
  return reading.ok ? undefined : reading.problem;
};

describe('a picture', () => {
  it.each([
    ['image/png', aPng()],
    ['image/jpeg', aJpeg()],
    ['image/webp', aWebp()],
  ])('is %s by what is in it', (mediaType, file) => {
    expect(readPicture(file)).toMatchObject({ ok: true, picture: { mediaType } });
  });

  it.each([
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['GIF', Buffer.from('GIF89a\x01\x00\x01\x00\x80\x00\x00')],
    ['HTML', SCRIPT],
    ['PDF', Buffer.from('%PDF-1.7')],
    ['only the start of a PNG', Buffer.concat([aPng().subarray(0, 8), SCRIPT])],
    ['a PNG without an end', aPng().subarray(0, -12)],
    ['a PNG without a picture', Buffer.concat([aPng().subarray(0, 33), pngChunk('IEND', Buffer.alloc(0))])],
    [
      'a PNG whose header comes late',
      Buffer.concat([aPng().subarray(0, 8), pngChunk('tEXt', SCRIPT), aPng().subarray(8)]),
    ],
    ['only the start of a JPEG', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), SCRIPT])],
    ['a JPEG without an end', aJpeg().subarray(0, -2)],
    ['a JPEG without a frame', Buffer.from('ffd8ffda0008010100003f00120000ffd9', 'hex')],
    ['a WebP without a picture', Buffer.from('RIFF\x04\x00\x00\x00WEBP', 'latin1')],
    [
      'a WebP whose chunk is longer than the file',
      Buffer.concat([aWebp().subarray(0, 34), Buffer.from('VP8L\xff\xff\xff\x7f', 'latin1')]),
    ],
  ])('is not %s', (_, file) => {
    expect(problemOf(file)).toBe('no-picture');
  });

  it('has neither too many bytes nor too many pixels', () => {
    expect(problemOf(undefined)).toBe('missing');
    expect(problemOf(Buffer.alloc(0))).toBe('missing');
    expect(problemOf(Buffer.concat([aPng(), Buffer.alloc(LARGEST_PICTURE)]))).toBe('too-large');
    for (const file of [
      aPng({ width: LARGEST_SIDE + 1 }),
      aJpeg({ height: LARGEST_SIDE + 1 }),
      aWebp({ width: LARGEST_SIDE + 1 }),
    ]) {
      expect(problemOf(file)).toBe('too-many-pixels');
    }
    expect(problemOf(aPng({ width: 0 }))).toBe('too-many-pixels');
  });

  it('keeps nothing but what is seen: no text, no place, nothing behind its end', () => {
    const files = [
      Buffer.concat([aPng({ more: [pngChunk('tEXt', SCRIPT), pngChunk('eXIf', Buffer.from('GPS 51.5 N'))] }), SCRIPT]),
      Buffer.concat([aJpeg({ more: [cameraExif(1), jpegSegment(0xfe, SCRIPT), jpegSegment(0xe5, SCRIPT)] }), SCRIPT]),
      Buffer.concat([aWebp(), SCRIPT]),
    ];
    for (const file of files) {
      const content = contentOf(file).toString('latin1');
      expect(content).not.toMatch(/script|GPS|EXIF/);
      expect(contentOf(Buffer.from(content, 'latin1')).toString('latin1')).toBe(content);
    }
  });

  it('leaves the picture itself as it is', () => {
    expect(contentOf(aPng())).toEqual(aPng());
    expect(contentOf(aJpeg())).toEqual(aJpeg());
    const filledUp = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xff]), aJpeg().subarray(2)]);
    expect(cleanJpeg(filledUp)).toMatchObject({ content: aJpeg(), width: 3, height: 2 });
    expect(cleanWebp(aWebp())).toMatchObject({ width: 4, height: 3 });
    expect(cleanJpeg(aJpeg())).toMatchObject({ width: 3, height: 2 });
  });

  it.each([2, 3, 6, 8])('stays turned as the camera noted: %i (Exif 2.3 §4.6.4)', (orientation) => {
    const content = contentOf(aJpeg({ more: [cameraExif(orientation)] }));
    expect(exifOrientation(content.subarray(2, 2 + 2 + content.readUInt16BE(4)))).toBe(orientation);
    expect(content.toString('latin1')).not.toContain('GPS');
  });

  it('says no more about its turning than there is to say', () => {
    expect(contentOf(aJpeg({ more: [cameraExif(1)] }))).toEqual(aJpeg());
    expect(contentOf(aJpeg({ more: [cameraExif(77)] }))).toEqual(aJpeg());
    expect(contentOf(aJpeg({ more: [jpegSegment(0xe1, Buffer.from('Exif\0\0MM'))] }))).toEqual(aJpeg());
  });
});
