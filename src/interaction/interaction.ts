import { answersFrom, type Answers } from './answers.js';
import type { DisplayFacts } from './authorization-facts.js';
import type { InteractionRow } from './interaction.entity.js';
import type { Prompt } from './prompts/prompt.js';

/** The stored pause of an authorization request while its user is asked something. */
export interface Interaction {
  readonly id: string;
  readonly clientId: string;
  readonly parameters: readonly (readonly [string, string])[];
  readonly facts: DisplayFacts;
  readonly prompt: Prompt;
  readonly answers: Answers;
  /** Counts the answers, so that of two given at once none is lost. */
  readonly version: number;
  readonly createdAt: Date;
  readonly idleUntil: Date;
}

/** What a browser that names an interaction gets. */
export type LoadedInteraction =
  | { readonly outcome: 'live'; readonly interaction: Interaction }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'foreign' | 'expired' | 'ended'; readonly clientId: string; readonly redirectUri: string };

/** Reads a row as the interaction it stands for; the parameters were opened before. */
export function interactionFrom(row: InteractionRow, parameters: Interaction['parameters']): Interaction {
  return {
    id: row.id,
    clientId: row.clientId,
    parameters,
    facts: row.facts as DisplayFacts,
    prompt: row.prompt as Prompt,
    answers: answersFrom(row.answers),
    version: row.version,
    createdAt: row.createdAt,
    idleUntil: row.idleUntil,
  };
}
