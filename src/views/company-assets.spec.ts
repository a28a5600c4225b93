import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NotFoundException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { BrandingSettings } from '#platform/config/index.js';
import { AssetsController } from './assets.controller.js';
import { CompanyAssets } from './company-assets.js';

const assetsOf = (color: string, logoFile?: string) =>
  new CompanyAssets(
    new BrandingSettings({ companyName: 'Acme', color, ...(logoFile === undefined ? {} : { logoFile }) }),
  );

function ask(assets: CompanyAssets, fileName: string) {
  const headers: Record<string, string> = {};
  const content = new AssetsController(assets).asset(fileName, { header: (name, value) => (headers[name] = value) });
  return { headers, content };
}

describe('CompanyAssets', () => {
  it('serves one style sheet under 12 KB with the accent of the company in it', () => {
    const sheet = assetsOf('#1f5f8c').style.content.toString();
    expect(Buffer.byteLength(sheet)).toBeLessThan(12 * 1024);
    expect(sheet).toContain('--accent:#1f5f8c;--on-accent:#ffffff');
    expect(sheet).toContain('@media(prefers-color-scheme:dark){:root{--accent:');
    expect(sheet).not.toMatch(/\/\*|@import|url\(|gradient|box-shadow|animation|transition/);
  });

  it('loses no rule when comments and indentation go', () => {
    const source = readFileSync(new URL('./assets/style.css', import.meta.url), 'utf8');
    const served = assetsOf('#1f5f8c').style.content.toString();
    const braces = (text: string) => text.split('}').length;
    expect(braces(served) - braces(source)).toBe(3);
    expect(served).toContain('.page{max-inline-size:28rem;margin-inline:auto;padding:clamp(');
    expect(served).toContain('@media (min-width:52rem){@supports selector(::details-content){.beside{');
  });

  it('changes its name with the colour and only then', () => {
    expect(assetsOf('#1f5f8c').style.fileName).toBe(assetsOf('#1f5f8c').style.fileName);
    expect(assetsOf('#1f5f8c').style.fileName).not.toBe(assetsOf('#8c1f1f').style.fileName);
    expect(assetsOf('#1f5f8c').style.fileName).toMatch(/^style\.[A-Za-z0-9]{16}\.css$/);
  });

  it.each([
    ['png', 'image/png'],
    ['svg', 'image/svg+xml'],
    ['jpeg', 'image/jpeg'],
    ['webp', 'image/webp'],
  ])('serves a %s logo, sandboxed and kept for ever', (extension, mediaType) => {
    const file = join(mkdtempSync(join(tmpdir(), 'gatehouse-logo-')), `logo.${extension}`);
    writeFileSync(file, 'picture');
    const assets = assetsOf('#1f5f8c', file);
    const { headers, content } = ask(assets, assets.logo?.fileName ?? '');
    expect(content.toString()).toBe('picture');
    expect(headers).toMatchObject({
      'content-type': mediaType,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    });
  });

  it('refuses a logo that is no picture it knows', () => {
    expect(() => assetsOf('#1f5f8c', '/tmp/logo.html')).toThrow('the company logo must be one of');
  });

  it.each(['style.css', 'style.0000000000000000.css', '../style.css', ''])('has no %s', (fileName) => {
    expect(() => ask(assetsOf('#1f5f8c'), fileName)).toThrow(NotFoundException);
  });
});
