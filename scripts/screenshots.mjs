// Pictures of the pages, from a real browser: `node scripts/screenshots.mjs` renews those that the documents show
// (docs/screenshots); with --all every page in light and dark, 360 and 1280 px, both languages, into ./screenshots.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const every = process.argv.includes('--all');
const folder = join(root, every ? 'screenshots' : 'docs/screenshots');

/** What README and docs/user-flows.md show: page, language, scheme, width. */
const KEPT = [
  'sign-in.en.light.1280',
  'consent.en.light.1280',
  'consent.en.dark.360',
  'consent.zh-CN.light.1280',
  'consent-new.en.light.1280',
  'consent-unchecked.en.light.1280',
  'receipt.en.light.1280',
  'account.en.light.1280',
  'applications.en.light.1280',
  'sign-in.en.dark.1280',
];

const USER = { username: 'alice', password: 'alice-demo-password' };
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

/** Every page in the order in which a visitor can come to it: its name, and how to get there. */
const JOURNEY = [
  ['set-up', (page, { setUpLink }) => page.goto(setUpLink)],
  ['not-found', (page, { issuer }) => page.goto(`${issuer}/no-such-page`)],
  ['error', (page, { issuer }) => page.goto(`${issuer}/oauth2/authorize?client_id=nobody`)],
  ['sign-in', (page, at) => page.goto(authorization(at, 'openid profile email notes:read notes:write'))],
  ['sign-in-refused', (page) => signIn(page, 'a wrong password')],
  ['consent', (page) => signIn(page, USER.password)],
  ['consent-new', askForMore],
  [
    'consent-unchecked',
    async (page, at) => page.goto(authorization(at, 'openid email notes:write', await registered(at))),
  ],
  ['select-account', (page, at) => page.goto(authorization(at, 'openid', { prompt: 'select_account' }))],
  ['account', (page, { issuer }) => page.goto(`${issuer}/account`)],
  ['applications', (page, { issuer }) => page.goto(`${issuer}/account/applications`)],
  ['receipt', showReceipt],
  ['sessions', (page, { issuer }) => page.goto(`${issuer}/account/sessions`)],
  ['sign-out', (page) => page.locator('header a').last().click()],
  ['signed-out', (page) => page.click('#logout-confirm')],
  ['api-docs', (page, { issuer }) => page.goto(`${issuer}/api/docs`)],
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic'],
});
try {
  mkdirSync(folder, { recursive: true });
  for (const locale of ['en', 'zh-CN']) await onNewService(locale, (service) => walk(service, locale));
} finally {
  await browser.close();
}

/** Nothing is approved or set up yet on a new service. */
async function onNewService(locale, work) {
  const data = mkdtempSync(join(tmpdir(), 'gatehouse-screenshots-'));
  const service = await startService(data, seedFor(locale, data));
  try {
    await work(service);
  } finally {
    service.process.kill();
    await once(service.process, 'exit');
    rmSync(data, { recursive: true, force: true });
  }
}

async function walk(service, locale) {
  const context = await browser.newContext({ locale, deviceScaleFactor: 1 });
  // Nobody answers at the application's address; the walk goes on from there.
  await context.route('http://localhost:3001/**', (route) => route.fulfill({ body: 'back at the application' }));
  const page = await context.newPage();
  for (const [name, go] of JOURNEY) {
    await go(page, service);
    await page.waitForLoadState();
    await pictures(page, `${name}.${locale}`);
  }
  await context.close();
}

async function pictures(page, name) {
  for (const width of [360, 1280]) {
    for (const colorScheme of ['light', 'dark']) {
      const file = `${name}.${colorScheme}.${width}`;
      if (!every && !KEPT.includes(file)) continue;
      await page.setViewportSize({ width: !every && width === 1280 ? 900 : width, height: 640 });
      await page.emulateMedia({ colorScheme });
      const fullPage = !name.startsWith('api-docs');
      await page.screenshot({ path: join(folder, `${file.replace(/\.\d+$/, every ? '$&' : '')}.png`), fullPage });
    }
  }
}

async function signIn(page, password) {
  await page.fill('#username', USER.username);
  await page.fill('#password', password);
  await page.click('#sign-in');
}

async function askForMore(page, at) {
  await page.click('#consent-allow');
  await page.waitForURL('http://localhost:3001/**');
  await page.goto(authorization(at, 'openid profile email notes:read notes:write phone offline_access'));
  await page.click('details summary');
}

async function showReceipt(page) {
  await page.locator('.already summary').last().click();
  await page.locator('.already a').last().click();
}

/** An application that registered itself, and that nobody has checked. */
async function registered({ issuer }) {
  const metadata = { client_name: 'Trip Planner', redirect_uris: ['https://trips.example/callback'] };
  const response = await fetch(`${issuer}/oauth2/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...metadata, scope: 'openid email notes:write' }),
  });
  const { client_id, redirect_uris } = await response.json();
  return { client_id, redirect_uri: redirect_uris[0] };
}

function authorization({ issuer }, scope, more = {}) {
  const request = {
    client_id: 'demo-app',
    redirect_uri: 'http://localhost:3001/callback',
    response_type: 'code',
    scope,
  };
  const proof = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };
  return `${issuer}/oauth2/authorize?${new URLSearchParams({ ...request, ...proof, ...more })}`;
}

/** The records of the demonstration, for people who read that language. */
function seedFor(locale, folder) {
  const seed = readFileSync(join(root, 'examples/demo/seed.yaml'), 'utf8');
  const file = join(folder, 'seed.yaml');
  writeFileSync(file, seed.replace(/locale: \S+/, `locale: ${locale}`));
  return file;
}

/** The service of the demonstration, on a free port and an empty database. */
async function startService(dataDirectory, seedFile) {
  const issuer = `http://localhost:${await freePort()}`;
  const child = spawn(process.execPath, [join(root, 'scripts/start.cjs')], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      ISSUER: issuer,
      PORT: new URL(issuer).port,
      DATA_DIR: dataDirectory,
      SEED_FILE: seedFile,
      COMPANY_NAME: 'Acme Corp',
      CLIENT_REGISTRATION: 'open',
      CLIENT_REGISTRATION_SCOPES: 'openid,email,notes:write',
      CLIENT_REGISTRATION_OPTIONAL_SCOPES: 'email',
      LOG_LEVEL: 'warn',
      LOG_FORMAT: 'json',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const [setUpLink] = /http\S+\/set-up\?token=[\w-]+/.exec(line) ?? [];
    if (setUpLink !== undefined) return { process: child, issuer, setUpLink };
  }
  throw new Error('the service did not start');
}

async function freePort() {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}
