import { join } from 'node:path';
import { source as AXE } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const PICTURES = process.env['PICTURES'];
let pictures = 0;

/** Each width and each scheme once: what is wrong with colours is so at every width, and the other way round. */
const LOOKS = [
  { width: 320, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
] as const;

/** What axe-core says; `passed` counts the rules that had something to judge and were content. */
interface Findings {
  readonly passed: number;
  readonly violations: readonly { readonly rule: string; readonly where: readonly string[] }[];
}

const RUN_AXE = `axe.run(document).then(({ passes, violations }) => ({
  passed: passes.length,
  violations: violations.map(({ id, nodes }) => ({ rule: id, where: nodes.map(({ html }) => html) })),
}))`;

/** What axe-core finds, and whether anything sticks out sideways, in light and dark, narrow and wide. */
export async function findings(page: Page): Promise<Record<string, unknown>> {
  await page.evaluate(AXE);
  const found: Record<string, unknown> = {};
  for (const { width, colorScheme } of LOOKS) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    if (overflow > 0) found[`${width} px: sideways`] = overflow;
    await keepPicture(page, `${width}-${colorScheme}`);
    const { passed, violations } = await page.evaluate<Findings>(RUN_AXE);
    expect(passed).toBeGreaterThan(10);
    if (violations.length > 0) found[`${width} px, ${colorScheme}`] = violations;
  }
  return found;
}

/** Keeps a picture of the page in the folder `PICTURES`, for whoever wants to look too. */
async function keepPicture(page: Page, how: string): Promise<void> {
  if (PICTURES === undefined) return;
  pictures += 1;
  const name = (await page.title()).replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase();
  await page.screenshot({ path: join(PICTURES, `${name}-${String(pictures)}-${how}.png`), fullPage: true });
}

/** Looks at the page that is open; `heading` makes sure that it is the one that is meant. */
export async function check(page: Page, heading: string): Promise<void> {
  expect(await page.textContent('h1')).toContain(heading);
  expect(await findings(page), heading).toEqual({});
}
