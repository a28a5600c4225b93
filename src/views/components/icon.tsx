import type { VNode } from 'preact';

const SHAPES = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  alert: 'M12 7.5v6M12 16.8v.2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  info: 'M12 11v5.5M12 7.5v.2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  shield: 'M12 3l7.5 3v5.5c0 4.6-3.2 8-7.5 9.5-4.3-1.5-7.5-4.9-7.5-9.500V6zM12 8v4.500M12 15.800v.2',
  onward: 'M8 16L16 8M9.5 8H16v6.5',
  next: 'M9.5 6l6 6-6 6',
  switch: 'M4 8h14l-4-4M20 16H6l4 4',
  screen: 'M4 5h16v11H4zM9 20h6M12 16v4',
} as const;

/** A drawing beside words; never the only carrier of a meaning. */
export function Icon({ name }: { readonly name: keyof typeof SHAPES }): VNode {
  return (
    <svg class={`icon ${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={SHAPES[name]} />
    </svg>
  );
}
