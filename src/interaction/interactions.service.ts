import { Injectable } from '@nestjs/common';
import { SignUpRules } from '#authentication/index.js';
import { TokenLifetimes } from '#platform/config/index.js';
import { Clock, Random, SecretBox, sameText, sha256 } from '#platform/crypto/index.js';
import { answersFrom, type Answers } from './answers.js';
import { displayFacts, type AuthorizationFacts, type DisplayFacts } from './authorization-facts.js';
import type { InteractionRow } from './interaction.entity.js';
import { interactionFrom, type Interaction, type LoadedInteraction } from './interaction.js';
import { InteractionsRepository, type InteractionEnds } from './interactions.repository.js';
import type { Prompt } from './prompts/prompt.js';

/** How long a row explains what became of the request, after nothing more can happen with it. */
const EXPLAINED_MS = 86_400_000;
/** Being looked at moves the idle end at most once in this time: reads must not become writes. */
const TOUCH_GRANULARITY_MS = 60_000;
const ANSWER_ATTEMPTS = 5;

const PAGE_PATHS = {
  login: '/sign-in',
  second_factor: '/second-factor',
  select_account: '/select-account',
  access: '/no-access',
  consent: '/consent',
} as const;

/** A request that has to wait for its user. */
export interface NewInteraction {
  readonly parameters: readonly (readonly [string, string])[];
  readonly facts: AuthorizationFacts;
  readonly prompt: Prompt;
  /** The value of the browser's own cookie; absent when the browser could not send it (a cross-site POST). */
  readonly browser?: string | undefined;
}

/** The answers that an answer is added to. */
type AnsweredSoFar = Pick<Interaction, 'id' | 'version' | 'answers'>;

/** Pauses of authorization requests: start one, find it for this browser, note what was answered, end it once. */
@Injectable()
export class InteractionsService {
  constructor(
    private readonly interactions: InteractionsRepository,
    private readonly lifetimes: TokenLifetimes,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly box: SecretBox,
    private readonly signUp: SignUpRules,
  ) {}

  async start({ parameters, facts, prompt, browser }: NewInteraction): Promise<Interaction> {
    const id = this.random.id();
    const row: InteractionRow = {
      id,
      browserDigest: browser === undefined ? null : sha256(browser),
      clientId: facts.client.clientId,
      parameters: this.box.seal(JSON.stringify(parameters), sealedFor(id)),
      facts: displayFacts(facts),
      prompt,
      answers: {},
      version: 1,
      createdAt: this.clock.now(),
      endedAt: null,
      ...this.ends(),
    };
    await this.interactions.add(row);
    return interactionFrom(row, parameters);
  }

  /** The interaction for the browser it belongs to; the id alone is not enough. */
  async load(id: string, browser: string | undefined): Promise<LoadedInteraction> {
    const row = await this.find(id);
    if (row === null) return { outcome: 'unknown' };
    const { clientId, idleUntil } = row;
    const about = { clientId, redirectUri: (row.facts as DisplayFacts).redirectUri };
    if (!belongsTo(row, browser)) return { outcome: 'foreign', ...about };
    if (row.endedAt !== null) return { outcome: 'ended', ...about };
    const now = this.clock.now();
    if (idleUntil <= now) return { outcome: 'expired', ...about };
    const ends = this.ends();
    if (ends.idleUntil.getTime() - idleUntil.getTime() >= TOUCH_GRANULARITY_MS) await this.interactions.touch(id, ends);
    return { outcome: 'live', interaction: interactionFrom(row, this.parametersOf(row)) };
  }

  /** Binds an interaction that started without a cookie to the first browser that shows one; false when it is another's. */
  async bind(id: string, browser: string): Promise<boolean> {
    const row = await this.find(id);
    if (row === null) return false;
    return row.browserDigest === null ? this.interactions.bind(id, sha256(browser)) : belongsTo(row, browser);
  }

  /** Notes what is asked now, so that every tab shows the same page; what a user may grant can differ from what was asked. */
  async ask(id: string, prompt: Prompt, facts: AuthorizationFacts): Promise<void> {
    await this.interactions.ask(id, { prompt, facts: displayFacts(facts) });
  }

  /** Notes an answer, made from the answers so far; false when the interaction has ended since it was read. */
  async record(read: AnsweredSoFar, answer: (soFar: Answers) => Answers): Promise<boolean> {
    let latest = read;
    for (let attempt = 0; attempt < ANSWER_ATTEMPTS; attempt++) {
      if (await this.interactions.answer(latest, answer(latest.answers), this.ends())) return true;
      const row = await this.find(read.id);
      if (row === null || row.endedAt !== null) return false;
      latest = { id: row.id, version: row.version, answers: answersFrom(row.answers) };
    }
    return false;
  }

  /** Ends a live interaction: true for exactly one caller, who may answer the client. */
  end(id: string): Promise<boolean> {
    return this.interactions.end(id, this.clock.now());
  }

  /** The page that asks what the prompt asks. */
  pagePath({ name, reason }: Pick<Prompt, 'name' | 'reason'>): string {
    // OIDC Prompt-Create §4.1: whoever wants an account gets the page for it, where people can make one.
    return reason === 'prompt=create' && this.signUp.offered ? '/sign-up' : PAGE_PATHS[name];
  }

  private parametersOf({ id, parameters }: InteractionRow): Interaction['parameters'] {
    return JSON.parse(this.box.open(parameters, sealedFor(id))) as Interaction['parameters'];
  }

  private async find(id: string): Promise<InteractionRow | null> {
    const row = await this.interactions.find(id);
    // Binary collations ignore trailing spaces, so the id is compared again.
    return row?.id === id ? row : null;
  }

  private ends(): InteractionEnds {
    const idleUntil = new Date(this.clock.now().getTime() + this.lifetimes.interactionIdle * 1000);
    return { idleUntil, expiresAt: new Date(idleUntil.getTime() + EXPLAINED_MS) };
  }
}

function sealedFor(id: string): string {
  return `interaction ${id}`;
}

function belongsTo({ browserDigest }: InteractionRow, browser: string | undefined): boolean {
  return browserDigest !== null && browser !== undefined && sameText(browserDigest, sha256(browser));
}
