import { describe, expect, it } from 'vitest';
import { apacheText, kotlinText, quoted, shellText, swiftText } from './literals.js';

const ODD = `"a'\\b$\{c}$(d)\`e\`\u2028\u0085\u202e\u0007é旅`;

describe('text as a literal of a language', () => {
  it('means the same text between double quotes, on one line and in one direction (RFC 8259 §7)', () => {
    expect(JSON.parse(quoted(ODD))).toBe(ODD);
    expect(quoted(ODD)).toMatch(/^"[^\u0000-\u001f\u007f-\u009f\u2028-\u202e]+"$/);
    expect(quoted(ODD)).toContain('é旅');
  });

  it.each([
    ['Kotlin', kotlinText('a$b${c}"'), String.raw`"a\$b\${c}\""`],
    ['Swift', swiftText('a\u0007\\(b)"'), String.raw`"a\u{0007}\\(b)\""`],
    ['a shell', shellText(`a'b"$(c)\\`), `'a'\\''b"$(c)\\'`],
    ['Apache', apacheText('a"b\\c'), String.raw`"a\"b\\c"`],
  ])('cannot be left from within: %s', (_language, literal, expected) => {
    expect(literal).toBe(expected);
  });
});
