import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { Injectable } from '@nestjs/common';
import { BrandingSettings } from '#platform/config/index.js';
import { sha256 } from '#platform/crypto/index.js';
import { accentFor } from './accent.js';

/** A file that pages need, under a name that changes with its content. */
export interface Asset {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

const LOGO_TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
};

/** The style sheet in the company's colour, its logo and its icon, made once at start. */
@Injectable()
export class CompanyAssets {
  readonly style: Asset;
  /** What asks browsers for passkeys. */
  readonly passkeyScript: Asset;
  readonly icon: Asset;
  readonly logo: Asset | undefined;
  private readonly byFileName: ReadonlyMap<string, Asset>;

  constructor(branding: BrandingSettings) {
    this.style = asset('style', '.css', 'text/css; charset=utf-8', styleSheet(branding.color));
    this.logo = branding.logoFile === undefined ? undefined : logo(branding.logoFile);
    this.icon = this.logo ?? asset('icon', '.svg', 'image/svg+xml', icon(branding.color));
    this.passkeyScript = asset('passkey', '.js', 'text/javascript; charset=utf-8', passkeyScript());
    const files = [this.style, this.icon, this.passkeyScript];
    this.byFileName = new Map(files.map((file) => [file.fileName, file]));
  }

  find(fileName: string): Asset | undefined {
    return this.byFileName.get(fileName);
  }
}

function styleSheet(color: string): Buffer {
  const sheet = readFileSync(new URL('./assets/style.css', import.meta.url), 'utf8');
  const light = `:root{${properties(color, 'light')}}`;
  const dark = `@media(prefers-color-scheme:dark){:root{${properties(color, 'dark')}}}`;
  return Buffer.from(light + dark + withoutLayout(sheet));
}

function passkeyScript(): Buffer {
  return readFileSync(new URL('./assets/passkey.js', import.meta.url));
}

/** Without comments, indentation and optional space, which only its authors need. */
function withoutLayout(sheet: string): string {
  return sheet
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '')
    .replace(/ \{/g, '{')
    .replace(/([:,]) /g, '$1')
    .replace(/;\}/g, '}');
}

function properties(color: string, scheme: 'light' | 'dark'): string {
  const { accent, onAccent, tint } = accentFor(color, scheme);
  return `--accent:${accent};--on-accent:${onAccent};--tint:${tint}`;
}

function logo(file: string): Asset {
  const extension = extname(file).toLowerCase();
  const mediaType = LOGO_TYPES[extension];
  if (mediaType === undefined) {
    throw new Error(`the company logo must be one of ${Object.keys(LOGO_TYPES).join(', ')}`);
  }
  return asset('logo', extension, mediaType, readFileSync(file));
}

/** A gate in the company's colour, for companies without a logo. */
function icon(color: string): Buffer {
  const light = accentFor(color, 'light');
  const dark = accentFor(color, 'dark');
  const style =
    `rect{fill:${light.accent}}path{stroke:${light.onAccent}}` +
    `@media(prefers-color-scheme:dark){rect{fill:${dark.accent}}path{stroke:${dark.onAccent}}}`;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 32 32"><style>${style}</style>` +
      '<rect width="32" height="32" rx="8"/>' +
      '<path d="M9 24V14a7 7 0 0 1 14 0v10M16 24v-8" fill="none" stroke-width="2.5" stroke-linecap="round"/></svg>',
  );
}

function asset(name: string, extension: string, mediaType: string, content: Buffer): Asset {
  const hash = sha256(content.toString('base64')).replace(/[-_]/g, '').slice(0, 16);
  return { fileName: `${name}.${hash}${extension}`, mediaType, content };
}
