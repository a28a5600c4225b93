import { SimulatedPages } from './simulated-pages.service.js';
import { SimulatedTargets } from './simulated-targets.service.js';
import { SimulatedTokens } from './simulated-tokens.service.js';
import { Simulations } from './simulations.service.js';

export { ruleBasis, SIMULATION_RULES } from './rule-bases.js';
export { Simulations } from './simulations.service.js';
export type { SimulatedAnswer, SimulatedClaim, SimulatedConsent, Simulation, SimulationWish } from './simulation.js';

/** What says what a request would come to. */
export const SIMULATION_PROVIDERS = [SimulatedPages, SimulatedTargets, SimulatedTokens, Simulations] as const;
