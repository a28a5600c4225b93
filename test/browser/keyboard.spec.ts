import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { setStage } from './support/stage.js';

/** What the focused element is, and whether its focus can be seen. */
interface Focus {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly ring: number;
}

const FOCUS = `(() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const ring = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
  return { id: element.id, name: element.getAttribute('name') ?? '', value: element.getAttribute('value') ?? '', ring };
})()`;

/** Presses Tab until the focus is where it is wanted; every stop on the way must show itself. */
async function tabTo(page: Page, wanted: (focus: Focus) => boolean): Promise<void> {
  for (let stops = 0; stops < 30; stops++) {
    const focus = await page.evaluate<Focus>(FOCUS);
    if (wanted(focus)) return;
    await page.keyboard.press('Tab');
    const { ring, ...element } = await page.evaluate<Focus>(FOCUS);
    expect(ring, `the focus ring of ${JSON.stringify(element)}`).toBeGreaterThanOrEqual(3);
  }
  throw new Error('Tab never comes there');
}

/** The name has the focus by itself, but only once the page is drawn: keys typed earlier would be lost. */
async function typeName(page: Page, username: string): Promise<void> {
  await page.waitForFunction(`document.activeElement?.id === 'username'`);
  await page.keyboard.type(username);
}

describe('with the keyboard only', () => {
  const stage = setStage({
    client: { clientName: 'Travel Desk', optionalScope: ['email', 'phone'] },
    scope: 'openid email phone',
  });

  it('signs in and decides (WCAG 2.2 §2.1.1, §2.4.7)', async () => {
    const { visitor, site, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start());
    await typeName(page, alice.username);
    await tabTo(page, ({ id }) => id === 'password');
    await page.keyboard.type(alice.password);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#consent-allow');
    await tabTo(page, ({ name, value }) => name === 'scope' && value === 'phone');
    const ticked = await page.isChecked('input[name=scope][value=phone]');
    await page.keyboard.press('Space');
    expect(await page.isChecked('input[name=scope][value=phone]')).toBe(!ticked);
    await tabTo(page, ({ name }) => name === 'duration');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, ({ id }) => id === 'consent-allow');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${site.origin}/callback**`);
    expect(await page.textContent('#outcome')).toBe('signed in');
    expect(site.last().scope?.includes('phone')).toBe(!ticked);
  });

  it('denies with Enter on Deny, which comes before Allow', async () => {
    const { visitor, site, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start());
    await typeName(page, alice.username);
    await tabTo(page, ({ id }) => id === 'password');
    await page.keyboard.type(alice.password);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#consent-deny');
    await tabTo(page, ({ id }) => id === 'consent-deny');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${site.origin}/callback**`);
    expect(site.last()).toEqual({ error: 'access_denied' });
  });
});
