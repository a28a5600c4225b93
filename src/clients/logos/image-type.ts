/** The kinds of image that a logo may be; SVG is none of them, because it is a document that can hold more than a picture. */
export const LOGO_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;

/** What an image is by its first bytes, whatever its sender calls it; nothing when it is none of these. */
export function imageType(content: Buffer): (typeof LOGO_TYPES)[number] | undefined {
  const start = content.toString('latin1', 0, 12);
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'image/gif';
  return start.startsWith('RIFF') && start.endsWith('WEBP') ? 'image/webp' : undefined;
}
