/** A form or query, taken apart in the order it came, with its repetitions. */
export type ParsedForm = { ok: true; entries: [string, string][] } | { ok: false; problem: string };

const MAX_PARAMETERS = 100;
const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;

/**
 * Takes an `application/x-www-form-urlencoded` text apart, strictly as UTF-8 (RFC 6749 App. B).
 * The text has one character per byte, as Node hands out URLs and as our body parser keeps forms.
 */
export function parseForm(raw: string): ParsedForm {
  const entries: [string, string][] = [];
  for (const pair of raw.split('&')) {
    if (pair === '') continue;
    if (entries.length === MAX_PARAMETERS) return { ok: false, problem: `more than ${MAX_PARAMETERS} parameters` };
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : decode(pair.slice(equals + 1));
    if (name === undefined || value === undefined) {
      return { ok: false, problem: 'a parameter is not correctly percent-encoded UTF-8' };
    }
    if (name.includes('\0') || value.includes('\0')) return { ok: false, problem: 'a parameter contains NUL' };
    entries.push([name, value]);
  }
  return { ok: true, entries };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const PLAIN = /^[\x20-\x24\x26-\x2a\x2c-\x7e]*$/;

function decode(text: string): string | undefined {
  if (PLAIN.test(text)) return text;
  const bytes = decodedBytes(text);
  if (bytes === undefined) return undefined;
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

function decodedBytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    let code = text.charCodeAt(index);
    if (code === PERCENT) {
      const hex = text.slice(index + 1, index + 3);
      if (!/^[0-9A-Fa-f]{2}$/.test(hex)) return undefined;
      code = Number.parseInt(hex, 16);
      index += 2;
    } else if (code === PLUS) {
      code = SPACE;
    } else if (code > 0xff) {
      return undefined;
    }
    bytes[length++] = code;
  }
  return bytes.subarray(0, length);
}
