import { ExplanationEntity } from './explanation.entity.js';

export { clauseOf } from './clauses.js';
export { differsAt, plainAddress, type Decision, type Fact } from './decision.js';
export type { ExplanationRow } from './explanation.entity.js';
export { ExplanationsModule } from './explanations.module.js';
export { Explanations, type Refusal } from './explanations.service.js';

/** The entities of this module, for the list in schema.ts. */
export const EXPLANATION_ENTITIES = [ExplanationEntity] as const;
