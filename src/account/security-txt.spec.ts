import { describe, expect, it } from 'vitest';
import { securityTxt } from './security-txt.js';

const about = {
  url: 'https://acme.test/.well-known/security.txt',
  now: new Date('2026-11-22T14:05:00Z'),
  languages: ['en', 'zh-CN'],
};

describe('security.txt (RFC 9116 §2.5)', () => {
  it('says whom to tell, and until when that is so', () => {
    const settings = { securityContact: 'mailto:security@acme.test', securityPolicyUri: 'https://acme.test/policy' };
    expect(securityTxt(settings, about)).toBe(
      [
        'Contact: mailto:security@acme.test',
        'Expires: 2027-02-20T00:00:00Z',
        'Preferred-Languages: en, zh-CN',
        'Canonical: https://acme.test/.well-known/security.txt',
        'Policy: https://acme.test/policy',
        '',
      ].join('\n'),
    );
  });

  it('is not there while nobody is named', () => {
    expect(securityTxt({ securityContact: '', securityPolicyUri: 'https://acme.test/policy' }, about)).toBeUndefined();
  });
});
