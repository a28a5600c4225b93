import { describe, expect, it } from 'vitest';
import { signIn } from './support/chromium.js';
import { setStage } from './support/stage.js';

const CHINESE = /\p{Script=Han}/u;

describe('pages in Simplified Chinese', () => {
  const stage = setStage({ browser: { locale: 'zh-CN' }, client: { clientName: '差旅中心' } });

  it('speaks the language of the browser from the first page to the last', async () => {
    const { visitor, site, service, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start());
    expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
    expect(await page.textContent('h1')).toBe('登录');
    expect(await page.textContent('label[for=password]')).toBe('密码');
    await signIn(page, { ...alice, password: '不对' });
    expect(await page.getByRole('alert').innerText()).toMatch(CHINESE);
    await signIn(page, alice);
    expect(await page.textContent('#consent-allow')).toBe('允许');
    expect(await page.locator('fieldset legend').first().innerText()).toBe('你是谁');
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    await page.goto(service.url('/account/applications'));
    expect(await page.textContent('h1')).toBe('应用');
    await page.goto(service.url('/no-such-page'));
    expect(await page.textContent('h1')).toBe('这里没有页面');
    await page.goto(site.signOut);
    expect(await page.textContent('#logout-confirm')).toBe('退出登录');
  });

  it('speaks the language that the client asks for before that of the browser (OIDC Core §3.1.2.1, ui_locales)', async () => {
    const { visitor, site } = stage;
    await visitor.page.goto(site.start({ ui_locales: 'en' }));
    expect(await visitor.page.getAttribute('html', 'lang')).toBe('en');
    expect(await visitor.page.textContent('h1')).toBe('Sign in');
  });
});
