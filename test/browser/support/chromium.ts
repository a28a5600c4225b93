import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import type { GivenUser } from '../../support/given.js';

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const SWITCHES = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser that Debian ships. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: SWITCHES });
}

/** Somebody with a browser profile of their own, and what that browser complained about. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the pages were kept from doing by their content security policy, and errors of their scripts. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

/** Somebody who has never been here; English unless said otherwise. */
export async function aVisitor(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  return { context, page, complaints, close: () => context.close() };
}

/** Fills in the sign-in page and sends it. */
export async function signIn(
  page: Page,
  { username, password }: Pick<GivenUser, 'username' | 'password'>,
): Promise<void> {
  await page.fill('#username', username);
  await page.fill('#password', password);
  await page.click('#sign-in');
}

/** The values of the boxes of the consent page and whether each is ticked. */
export async function boxes(page: Page): Promise<Record<string, boolean>> {
  const found = await page.locator('input[name=scope]').all();
  const entries = await Promise.all(
    found.map(async (box) => [(await box.getAttribute('value')) ?? '', await box.isChecked()] as const),
  );
  return Object.fromEntries(entries);
}
