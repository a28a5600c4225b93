// Besides what JSON escapes: what some language takes for the end of a line, and what turns text around.
const UNRULY = /[\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text between double quotes as JSON writes it. JavaScript, Python, Go, Java, C#, TOML and YAML (1.2 §7.3.1) read it as the
 * same text, whatever is in it.
 */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(
    UNRULY,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The same for Kotlin, where a dollar sign begins an expression. */
export function kotlinText(text: string): string {
  return quoted(text).replaceAll('$', '\\$');
}

/** The same for Swift, which writes code points in braces. */
export function swiftText(text: string): string {
  return quoted(text).replace(/\\u([0-9a-f]{4})/g, '\\u{$1}');
}

/** Text between single quotes of a POSIX shell (POSIX.1 §2.2.2), where nothing but the quote itself means anything. */
export function shellText(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Text between double quotes of an Apache configuration file. */
export function apacheText(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
