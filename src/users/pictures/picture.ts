import type { CleanPicture } from './clean-picture.js';
import { cleanJpeg } from './jpeg.js';
import { cleanPng } from './png.js';
import { cleanWebp } from './webp.js';

/** The kinds of picture that users may have; SVG is none of them, because it is a document that can hold more than a picture. */
export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;

/** The largest file that is taken. */
export const LARGEST_PICTURE = 1024 * 1024;

/** The most pixels of a side. */
export const LARGEST_SIDE = 8192;

/** A picture as it is kept: nothing in it but what is seen. */
export interface Picture {
  readonly mediaType: (typeof PICTURE_TYPES)[number];
  readonly content: Buffer;
}

/** Why a file cannot be somebody's picture. */
export type PictureProblem = 'missing' | 'too-large' | 'no-picture' | 'too-many-pixels';

/** What became of reading a file as a picture. */
export type PictureReading =
  { readonly ok: true; readonly picture: Picture } | { readonly ok: false; readonly problem: PictureProblem };

const READERS: Readonly<Record<Picture['mediaType'], (file: Buffer) => CleanPicture | undefined>> = {
  'image/png': cleanPng,
  'image/jpeg': cleanJpeg,
  'image/webp': cleanWebp,
};

/**
 * Reads a file as a picture by what is in it, whatever its sender calls it, and keeps only what a viewer needs: no
 * place or device from the camera, no text, nothing behind the end that another program could take for a document.
 */
export function readPicture(file: Buffer | undefined): PictureReading {
  if (file === undefined || file.length === 0) return { ok: false, problem: 'missing' };
  if (file.length > LARGEST_PICTURE) return { ok: false, problem: 'too-large' };
  for (const mediaType of PICTURE_TYPES) {
    const clean = READERS[mediaType](file);
    if (clean === undefined) continue;
    const sides = [clean.width, clean.height];
    if (sides.some((side) => side < 1 || side > LARGEST_SIDE)) return { ok: false, problem: 'too-many-pixels' };
    return { ok: true, picture: { mediaType, content: clean.content } };
  }
  return { ok: false, problem: 'no-picture' };
}
