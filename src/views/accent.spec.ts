import { describe, expect, it } from 'vitest';
import { accentFor, contrast } from './accent.js';

const CHANNELS = ['00', '40', '80', 'c0', 'ff'];
const COLORS = CHANNELS.flatMap((red) => CHANNELS.flatMap((green) => CHANNELS.map((blue) => `#${red}${green}${blue}`)));

describe('contrast (WCAG 2.2 §1.4.3)', () => {
  it('is 21 for black on white, 1 for a colour on itself, and the same both ways', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#3366aa', '#3366aa')).toBe(1);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
    expect(contrast('#ffffff', '#767676')).toBe(contrast('#767676', '#ffffff'));
  });
});

describe('accentFor', () => {
  it.each(['light', 'dark'] as const)(
    'can be read on card and page, and text on it, whatever the company chose (%s)',
    (scheme) => {
      const surfaces = { light: ['#ffffff', '#f5f6f7'], dark: ['#1b1e23', '#121417'] }[scheme];
      for (const color of COLORS) {
        const { accent, onAccent } = accentFor(color, scheme);
        for (const behind of [...surfaces, onAccent]) {
          expect(contrast(accent, behind), `${color} became ${accent} on ${behind}`).toBeGreaterThanOrEqual(4.5);
        }
      }
    },
  );

  it('leaves a colour alone that can be read already', () => {
    expect(accentFor('#1f5f8c', 'light').accent).toBe('#1f5f8c');
    expect(accentFor('#ffcc00', 'dark').accent).toBe('#ffcc00');
  });

  it('darkens in light mode and lightens in dark mode', () => {
    expect(accentFor('#ffcc00', 'light').accent).not.toBe('#ffcc00');
    expect(accentFor('#1f5f8c', 'dark').accent).not.toBe('#1f5f8c');
  });
});
