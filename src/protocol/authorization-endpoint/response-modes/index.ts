import { FormPostMode } from './form-post.js';
import { FragmentMode } from './fragment.js';
import { QueryMode } from './query.js';

/** The response modes that this service offers, each with the way it sends. */
export const RESPONSE_MODE_HANDLERS = [QueryMode, FragmentMode, FormPostMode] as const;

/** Injection token of the registry of response modes. */
export const RESPONSE_MODES_IN_USE = Symbol('response modes');
