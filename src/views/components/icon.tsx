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
  calendar: 'M4 6h16v14H4zM4 10.500h16M8 3.500V7M16 3.500V7',
  chat: 'M4 5h16v11H10l-4 4v-4H4z',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.500V12l3 2',
  document: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  key: 'M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12l8-8M16 7l3 3',
  mail: 'M3 6h18v12H3zM3 7l9 6 9-6',
  money: 'M3 6h18v12H3zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
  people:
    'M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3 20c0-4 2.500-6 6-6s6 2 6 6M16 5.500a3 3 0 0 1 0 5M18 14.500c2 .8 3 2.800 3 5.500',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM5 21c0-4.500 3-6.500 7-6.500s7 2 7 6.500',
  phone: 'M7 3h10v18H7zM11 18h2',
  photo: 'M3 5h18v14H3zM3 16l5-5 5 5 3-3 5 4M16 9v.2',
  place: 'M12 3a6 6 0 0 0-6 6c0 4.500 6 12 6 12s6-7.500 6-12a6 6 0 0 0-6-6zM12 7.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
} as const;

/** The name of a drawing. */
export type IconName = keyof typeof SHAPES;

/** A drawing beside words; never the only carrier of a meaning. */
export function Icon({ name }: { readonly name: IconName }): VNode {
  return (
    <svg class={`icon ${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={SHAPES[name]} />
    </svg>
  );
}
