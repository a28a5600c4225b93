/** The colours that a company's own colour leads to, for one of the two colour schemes. */
export interface Accent {
  /** Buttons, links, the focus ring. */
  readonly accent: string;
  /** Text upon `accent`. */
  readonly onAccent: string;
  /** A breath of `accent` for backgrounds. */
  readonly tint: string;
}

type Rgb = readonly [number, number, number];

/** The surfaces that the accent stands on, the same as in style.css. */
const SURFACES = {
  light: { card: '#ffffff', paper: '#f5f6f7', onAccent: '#ffffff', towards: '#000000' },
  dark: { card: '#1b1e23', paper: '#121417', onAccent: '#0d0f12', towards: '#ffffff' },
} as const;

/** WCAG 2.2 §1.4.3: the least contrast of text with what is behind it. */
const LEAST_CONTRAST = 4.5;

const FALLBACK: Rgb = [31, 95, 140];

/** The company's colour, darkened or lightened until text in it and upon it can be read. */
export function accentFor(color: string, scheme: 'light' | 'dark'): Accent {
  const { card, paper, onAccent, towards } = SURFACES[scheme];
  const behind = [card, paper, onAccent];
  let accent = hex(parse(color) ?? FALLBACK);
  for (let step = 1; step <= 50 && behind.some((surface) => contrast(accent, surface) < LEAST_CONTRAST); step++) {
    accent = mix(color, towards, step / 50);
  }
  return { accent, onAccent, tint: mix(accent, card, scheme === 'light' ? 0.92 : 0.84) };
}

/** The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const [red, green, blue] = (parse(color) ?? FALLBACK).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mix(one: string, other: string, share: number): string {
  const [a, b] = [parse(one) ?? FALLBACK, parse(other) ?? FALLBACK];
  return hex([blend(a[0], b[0], share), blend(a[1], b[1], share), blend(a[2], b[2], share)]);
}

function blend(from: number, to: number, share: number): number {
  return Math.round(from + (to - from) * share);
}

/** `#rrggbb`; settings let nothing else through. */
function parse(color: string): Rgb | undefined {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
  return match ? [channel(match[1]), channel(match[2]), channel(match[3])] : undefined;
}

function channel(digits = '0'): number {
  return Number.parseInt(digits, 16);
}

function hex(color: Rgb): string {
  return `#${color.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
