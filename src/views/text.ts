/** Longest text that somebody else supplied and a page shows, in characters. */
const LONGEST = 200;

/** Control, format (bidi overrides, zero width), unassigned private characters; the joiners that scripts need stay. */
const UNSEEN = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu;

/**
 * Text that a client or a stranger supplied, fit to be shown as plain text: on one line, without control and
 * direction characters, without towers of accents, no longer than `longest`.
 */
export function plainText(text: string, longest = LONGEST): string {
  const oneLine = text
    .slice(0, longest * 8)
    .replace(/[\s\u2028\u2029\u115F\u1160\u2800\u3164\uFFA0]+/gu, ' ')
    .replace(UNSEEN, '')
    .replace(/(\p{M}{4})\p{M}+/gu, '$1')
    .replace(/ {2,}/g, ' ')
    .trim();
  const characters = Array.from(oneLine);
  return characters.length <= longest
    ? oneLine
    : `${characters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`;
}

/** The address of a page of somebody else, when it is one that may be linked to: `https:` and nothing else. */
export function httpsLink(address: string | undefined): string | undefined {
  const url = parseUrl(address);
  return url?.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : undefined;
}

/** Where a page may send its reader: a path of our own, `https:`, or `http:` on this very machine. */
export function onwardLink(address: string | undefined): string | undefined {
  if (ownPath(address) !== undefined) {
    return address;
  }
  const url = parseUrl(address);
  const loopback = url?.protocol === 'http:' && /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  return loopback ? url.href : httpsLink(address);
}

/** A path on this service, which no browser takes for another host. */
export function ownPath(address: string | undefined): string | undefined {
  return address !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(address) ? address : undefined;
}

function parseUrl(address: string | undefined): URL | undefined {
  return address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
}
