import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, formTarget } from './pages.js';

describe('where a form may end (RFC 9700 §4.16)', () => {
  it.each([
    ['https://app.example/callback?x=1', 'https://app.example'],
    ['https://app.example:8443/callback', 'https://app.example:8443'],
    ['http://127.0.0.1:4711/', 'http://127.0.0.1:4711'],
    ['http://[::1]:4711/', 'http:'],
    ['com.example.app:/callback', 'com.example.app:'],
    ['com.example.app://host/callback', 'com.example.app:'],
  ])('for %s is %s', (uri, source) => {
    expect(formTarget(uri)).toBe(source);
  });
});

describe('the policy of a page', () => {
  it('allows our own styles and forms and nothing else', () => {
    expect(contentSecurityPolicy({})).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
  });

  it('names what a page needs besides, once', () => {
    const policy = contentSecurityPolicy({
      formTargets: ['https://a.example', 'https://a.example'],
      frameSources: ['https://b.example'],
      nonce: 'abc',
    });
    expect(policy).toContain("form-action 'self' https://a.example;");
    expect(policy).toContain('frame-src https://b.example;');
    expect(policy).toContain("script-src 'nonce-abc';");
  });
});
