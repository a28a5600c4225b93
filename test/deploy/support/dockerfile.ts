import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../support/served-process.js';

/** One instruction of a Dockerfile. */
export interface Instruction {
  readonly name: string;
  readonly words: string;
}

/** A stage of a Dockerfile: its instructions, without the FROM that begins it. */
export interface Stage {
  readonly name: string | undefined;
  readonly instructions: readonly Instruction[];
}

/** The stages of the project's Dockerfile. */
export function stages(): Stage[] {
  const text = readFileSync(join(PROJECT, 'Dockerfile'), 'utf8')
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n/g, ' ');
  const found: { name: string | undefined; instructions: Instruction[] }[] = [];
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const [, name = '', words = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`not an instruction: ${line}`);
    if (name === 'FROM') found.push({ name: / AS (\S+)$/.exec(words)?.[1], instructions: [] });
    else found.at(-1)?.instructions.push({ name, words });
  }
  return found;
}

/** The words of every instruction of one name. */
export function wordsOf({ instructions }: Stage, name: string): string[] {
  return instructions.filter((instruction) => instruction.name === name).map(({ words }) => words);
}
