import type { ComponentChild } from 'preact';

/** Words with something in their midst that is not plain text: a name, a date. */
export type Rich = readonly ComponentChild[];

/** A number with the English word for one or for many. */
export const count = (number: number, one: string, many: string): string =>
  `${String(number)} ${number === 1 ? one : many}`;
