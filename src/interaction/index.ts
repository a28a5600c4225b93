import { InteractionEntity } from './interaction.entity.js';

export type { Answers, ConsentAnswer } from './answers.js';
export type { AuthorizationFacts, DisplayFacts } from './authorization-facts.js';
export type { Interaction, LoadedInteraction } from './interaction.js';
export { InteractionRefusals, type LostInteraction } from './interaction-refusals.service.js';
export { InteractionModule } from './interaction.module.js';
export { InteractionsService, type NewInteraction } from './interactions.service.js';
export { skipsConsent } from './prompts/consent.prompt.js';
export { grantedScope, nextPrompt } from './prompts/next-prompt.js';
export type { Prompt, PromptError, PromptName, PromptState } from './prompts/prompt.js';

/** The entities of this module, for the list in schema.ts. */
export const INTERACTION_ENTITIES = [InteractionEntity] as const;
