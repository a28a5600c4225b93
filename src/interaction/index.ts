import { InteractionEntity } from './interaction.entity.js';

export type { Answers, ConsentAnswer } from './answers.js';
export type { AuthorizationFacts, DisplayFacts, NamedClaim } from './authorization-facts.js';
export type { Interaction, LoadedInteraction } from './interaction.js';
export { InteractionRefusals, type LostInteraction } from './interaction-refusals.service.js';
export { InteractionModule } from './interaction.module.js';
export { InteractionsService, type NewInteraction } from './interactions.service.js';
export { skipsConsent } from './prompts/consent.prompt.js';
export { grantedNamedClaims, grantedScope, nextPrompt } from './prompts/next-prompt.js';
export type { Prompt, PromptError, PromptName, PromptState } from './prompts/prompt.js';
export { signedInMeanwhile } from './prompts/prompt.js';

/** The entities of this module, for the list in schema.ts. */
export const INTERACTION_ENTITIES = [InteractionEntity] as const;
