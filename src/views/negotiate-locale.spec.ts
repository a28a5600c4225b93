import { describe, expect, it } from 'vitest';
import { negotiateLocale } from './negotiate-locale.js';

describe('negotiateLocale (OIDC Core §3.1.2.1 ui_locales, RFC 9110 §12.5.4 Accept-Language)', () => {
  it.each([
    ['nothing known', {}, 'en'],
    ['ui_locales before the browser', { uiLocales: 'zh-CN', acceptLanguage: 'en' }, 'zh-CN'],
    ['the user before the browser', { acceptLanguage: 'en-US,en;q=0.9', userLocale: 'zh-CN' }, 'zh-CN'],
    ['the browser when the user speaks none of ours', { acceptLanguage: 'zh', userLocale: 'de' }, 'zh-CN'],
    ['the user when nobody else says', { userLocale: 'zh-CN' }, 'zh-CN'],
    ['the first of several ui_locales that we speak', { uiLocales: 'fr de zh-Hans en' }, 'zh-CN'],
    ['ui_locales that we do not speak', { uiLocales: 'fr-CA fr', acceptLanguage: 'zh-CN' }, 'zh-CN'],
    ['weights', { acceptLanguage: 'en;q=0.3, zh-CN;q=0.8' }, 'zh-CN'],
    ['a refused language', { acceptLanguage: 'zh-CN;q=0, en;q=0.1' }, 'en'],
    ['any Chinese in the same script', { acceptLanguage: 'zh-SG' }, 'zh-CN'],
    ['plain zh', { acceptLanguage: 'zh' }, 'zh-CN'],
    ['Traditional Chinese with English beside it', { acceptLanguage: 'zh-TW, en;q=0.5' }, 'en'],
    ['Traditional Chinese alone', { acceptLanguage: 'zh-TW' }, 'zh-CN'],
    ['any region of English', { acceptLanguage: 'en-ZA' }, 'en'],
    ['underscores of a locale claim', { userLocale: 'zh_CN' }, 'zh-CN'],
    ['nonsense', { uiLocales: '!!! *', acceptLanguage: ';;q=,*;q=x', userLocale: '' }, 'en'],
    ['a wildcard', { acceptLanguage: '*', userLocale: 'zh-CN' }, 'zh-CN'],
  ] as const)('%s', (_, wishes, locale) => {
    expect(negotiateLocale(wishes)).toBe(locale);
  });
});
