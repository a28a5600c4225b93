import { facebook } from './facebook.js';
import { oauth2, oidc } from './generic.js';
import { github } from './github.js';
import { google } from './google.js';
import { microsoft } from './microsoft.js';
import type { Preset } from './preset.js';
import { x } from './x.js';

/** The kinds of providers that can be configured. */
export const PRESET_NAMES = ['google', 'microsoft', 'facebook', 'x', 'github', 'oidc', 'oauth2'] as const;

/** The name of a kind of provider. */
export type PresetName = (typeof PRESET_NAMES)[number];

/** Every kind of provider, by its name: a new one is a new line. */
export const PRESETS: Readonly<Record<PresetName, Preset>> = { google, microsoft, facebook, x, github, oidc, oauth2 };
