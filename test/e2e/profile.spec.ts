import { expect, it } from 'vitest';
import { CompanySettingsService } from '#settings/index.js';
import { AttributesService, UsersService, type User } from '#users/index.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aUser, uniqueName, type GivenUser } from '../support/given.js';
import { aJpeg, aPng, cameraExif } from '../support/pictures.js';
import { signIn } from '../support/signing-in.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const PROFILE = '/account/profile';
const PICTURE = '/account/profile/picture';

onEveryDatabase('the profile', (running) => {
  interface Story {
    readonly alice: GivenUser;
    readonly browser: UserAgent;
    readonly page: Visit;
  }

  async function atProfile(user?: GivenUser): Promise<Story> {
    const [alice, browser] = [user ?? (await aUser(running.service)), aBrowser(running.service)];
    return { alice, browser, page: await signIn(browser, await browser.visit(PROFILE), alice) };
  }

  const read = async ({ id }: GivenUser): Promise<User> => {
    const user = await running.service.app.get(UsersService, { strict: false }).find(id);
    if (user === undefined) throw new Error('no such user');
    return user;
  };

  /** The tokens of the page: that of the profile, and that of the picture. */
  const tokensOf = (page: Visit): readonly string[] =>
    page.html.tags
      .filter(({ name, attributes }) => name === 'input' && attributes.get('name') === 'csrf')
      .map(({ attributes }) => attributes.get('value') ?? '');
  const tokenOf = (page: Visit): string => tokensOf(page).at(-1) ?? '';
  const pictureTokenOf = (page: Visit): string => tokensOf(page)[0] ?? '';

  const save = ({ browser, page }: Story, fields: Readonly<Record<string, string>>): Promise<Visit> =>
    browser.post(PROFILE, { csrf: tokenOf(page), ...fields });

  /** Posts a form with a file, as a browser does. */
  async function upload(
    { browser, page }: Story,
    file: Buffer | undefined,
    { csrf = pictureTokenOf(page), action = 'set', site = 'same-origin' } = {},
  ): Promise<Response> {
    const form = new FormData();
    form.append('csrf', csrf);
    form.append('action', action);
    if (file !== undefined) form.append('picture', new Blob([Uint8Array.from(file)]), '../../etc/passwd.svg');
    const url = new URL(PICTURE, running.service.issuer);
    return fetch(url, {
      method: 'POST',
      body: form,
      redirect: 'manual',
      headers: { cookie: browser.cookies.header(url) ?? '', 'sec-fetch-site': site, accept: 'text/html' },
    });
  }

  const locationOf = (answer: Response): string =>
    new URL(answer.headers.get('location') ?? '', running.service.issuer).href;

  it('saves what users say of themselves, and empties what they empty', async () => {
    const story = await atProfile();
    const saved = await save(story, {
      name: '  Alice L.  ',
      nickname: '',
      website: 'https://alice.example/blog',
      zoneinfo: 'Asia/Shanghai',
    });
    expect([saved.status, saved.url.search]).toEqual([200, '?done=saved']);
    const { claims } = await read(story.alice);
    expect(claims).toMatchObject({
      name: 'Alice L.',
      website: 'https://alice.example/blog',
      zoneinfo: 'Asia/Shanghai',
    });
    expect(claims).not.toHaveProperty('nickname');
    expect(claims.given_name).toBe('Alice');
  });

  it('never lets users say that something is verified, nor change what is not on the page', async () => {
    const story = await atProfile();
    const before = await read(story.alice);
    await save(story, {
      name: 'Alice',
      email: 'root@mail.example',
      email_verified: 'true',
      phone_number_verified: 'true',
      picture: 'https://evil.example/x.png',
      username: 'root',
      status: 'disabled',
      groups: 'administrators',
      preferred_username: 'root',
      id: 'other',
    });
    expect(await read(story.alice)).toMatchObject({
      username: before.username,
      groups: before.groups,
      status: 'active',
      claims: { ...before.claims, name: 'Alice' },
    });
  });

  it('forgets that a phone number was confirmed when there is another one', async () => {
    const alice = await aUser(running.service, {
      claims: { phone_number: '+44 20 7946 0000', phone_number_verified: true },
    });
    const story = await atProfile(alice);
    await save(story, { phone_number: '+44 20 7946 0000' });
    expect((await read(alice)).claims.phone_number_verified).toBe(true);
    await save(story, { phone_number: '+44 20 7946 0001' });
    expect((await read(alice)).claims).toEqual({ phone_number: '+44 20 7946 0001' });
  });

  it.each([
    ['website', 'javascript:alert(1)'],
    ['website', 'data:text/html,<script>alert(1)</script>'],
    ['zoneinfo', 'Nowhere/At all'],
    ['locale', 'not a language'],
    ['phone_number', 'call me'],
    ['name', 'two\nlines'],
    ['name', 'x'.repeat(256)],
    ['nickname', '\u0000'],
  ])('refuses %s %j with 422 beside its field, and saves nothing of the form', async (claim, value) => {
    const story = await atProfile();
    const before = await read(story.alice);
    const answer = await save(story, { given_name: 'Changed', [claim]: value });
    if (value.includes('\0')) expect(answer.status).toBe(400);
    else {
      expect(answer.status).toBe(422);
      expect(answer.html.source).toContain('id="form-error"');
      expect(answer.html.source).toContain(`id="${claim}-error"`);
      expect(answer.html.source).toContain('value="Changed"');
    }
    expect((await read(story.alice)).claims).toEqual(before.claims);
  });

  it('shows everything that users write as text, on each page of the account', async () => {
    const attack = '"><img src=x onerror=alert(1)>\u202e';
    const story = await atProfile();
    await save(story, { name: attack, given_name: attack, family_name: attack, nickname: attack });
    for (const path of [PROFILE, '/account', '/account/apps', '/account/sessions', '/account/applications']) {
      const page = await story.browser.visit(path);
      expect([path, page.status]).toEqual([path, 200]);
      expect(page.html.source).not.toContain('<img src=x');
    }
  });

  it('speaks the chosen language at once, whatever the browser says', async () => {
    const story = await atProfile();
    const saved = await save(story, { locale: 'zh-CN' });
    expect(saved.html.source).toContain('<html lang="zh-CN"');
    expect((await story.browser.visit('/account')).html.source).toContain('<html lang="zh-CN"');
  });

  it('lets users edit only what the company lets them', async () => {
    const settings = running.service.app.get(CompanySettingsService, { strict: false });
    await settings.change({ editableClaims: ['nickname'] });
    try {
      running.service.clock.advance('2s');
      const story = await atProfile();
      const before = await read(story.alice);
      await save(story, { name: 'Somebody Else', nickname: 'Al', phone_number: '+1 555 0100' });
      expect((await read(story.alice)).claims).toEqual({ ...before.claims, nickname: 'Al' });
      expect((await upload(story, aPng())).status).not.toBe(422);
      expect((await read(story.alice)).claims.picture).toBe(before.claims.picture);
    } finally {
      await settings.change({}, { toDefault: ['editableClaims'] });
      running.service.clock.advance('2s');
    }
  });

  it('has the attributes that users may see, and takes those that they may edit, by their types', async () => {
    const attributes = running.service.app.get(AttributesService, { strict: false });
    const base = {
      type: 'string',
      list: false,
      required: false,
      unique: false,
      translations: {},
      constraints: {},
    } as const;
    const [badge, shifts, site, secret] = ['badge', 'shifts', 'site', 'secret'].map((name) =>
      uniqueName(name).replaceAll('-', '_'),
    ) as [string, string, string, string];
    const visible = { visibleTo: 'user', editableBy: 'user' } as const;
    for (const declaration of [
      { ...base, ...visible, name: badge, type: 'number', title: `T ${badge}` },
      { ...base, ...visible, name: shifts, list: true, title: `T ${shifts}` },
      { ...base, name: site, title: `T ${site}`, visibleTo: 'user', editableBy: 'administrators' },
      { ...base, name: secret, title: `T ${secret}`, visibleTo: 'administrators', editableBy: 'administrators' },
    ] as const) {
      expect((await attributes.create(declaration)).outcome).toBe('created');
    }
    running.service.clock.advance('2s');
    const story = await atProfile();
    expect(story.page.html.words).toContain(`T ${site}`);
    expect(story.page.html.words).not.toContain(secret);
    const field = (name: string): string => `attribute:${name}`;
    const saved = await save(story, {
      [field(badge)]: '12',
      [field(shifts)]: 'early\r\n\r\n late ',
      [field(site)]: 'X',
      [field(secret)]: 'X',
    });
    expect(saved.url.search).toBe('?done=saved');
    const page = await story.browser.visit(PROFILE);
    expect(page.html.source).toContain(`value="12" id="attribute:${badge}"`);
    expect(page.html.source).toMatch(/>early\nlate</);
    const refused = await save(story, { name: 'Changed', [field(badge)]: 'twelve' });
    expect(refused.status).toBe(422);
    expect(refused.html.source).toContain(`attribute:${badge}-error`);
    expect((await read(story.alice)).claims.name).not.toBe('Changed');
  });

  it('shows a picture as ours: by its content, without what the camera noted, in a sandbox', async () => {
    const story = await atProfile();
    const answer = await upload(story, aJpeg({ more: [cameraExif(6)] }));
    expect([answer.status, locationOf(answer)]).toEqual([303, running.service.url(`${PROFILE}?done=picture-set`)]);
    const { picture = '' } = (await read(story.alice)).claims;
    expect(picture).toMatch(new RegExp(`^${running.service.issuer}/pictures/[A-Za-z0-9_-]{43}$`));
    const shown = await fetch(picture);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': 'inline; filename="picture.jpg"',
    });
    expect(Buffer.from(await shown.arrayBuffer()).toString('latin1')).not.toContain('GPS');
    expect((await story.browser.visit('/account')).html.source).toContain(new URL(picture).pathname);

    const again = await upload(story, aPng());
    expect(again.status).toBe(303);
    expect((await fetch(picture)).status).toBe(404);
    const removed = await upload(story, undefined, { action: 'remove' });
    expect(locationOf(removed)).toContain('done=picture-removed');
    expect((await read(story.alice)).claims).not.toHaveProperty('picture');
  });

  it('keeps a picture of the largest size in one piece', async () => {
    const story = await atProfile();
    const large = aJpeg({ more: [Buffer.concat(Array.from({ length: 15 }, () => jpegColours()))] });
    expect((await upload(story, large)).status).toBe(303);
    const { picture = '' } = (await read(story.alice)).claims;
    expect(Buffer.from(await (await fetch(picture)).arrayBuffer()).equals(large)).toBe(true);
  });

  it.each([
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'no complete PNG'],
    [
      'a document that begins like a picture',
      Buffer.concat([aPng().subarray(0, 8), Buffer.from('<script>')]),
      'no complete PNG',
    ],
    ['more than 1 MB', Buffer.concat([aPng(), Buffer.alloc(1024 * 1024)]), 'larger than 1 MB'],
    ['too many pixels', aPng({ width: 9000 }), 'more than 8192 pixels'],
    ['nothing', Buffer.alloc(0), 'Choose a file first'],
  ])('refuses %s as a picture', async (_, file, words) => {
    const story = await atProfile();
    const before = (await read(story.alice)).claims.picture;
    const answer = await upload(story, file);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(words);
    expect((await read(story.alice)).claims.picture).toBe(before);
  });

  it('takes no form of another page, session or site (RFC 9700 §4.7)', async () => {
    const [alice, bob] = [await atProfile(), await atProfile()];
    const before = await read(alice.alice);
    expect((await alice.browser.post(PROFILE, { csrf: tokenOf(bob.page), name: 'X' })).status).toBe(400);
    expect((await alice.browser.post(PROFILE, { csrf: pictureTokenOf(alice.page), name: 'X' })).status).toBe(400);
    expect((await alice.browser.post(PROFILE, { name: 'X' })).status).toBe(400);
    expect((await upload(alice, aPng(), { csrf: pictureTokenOf(bob.page) })).status).toBe(400);
    expect((await upload(alice, aPng(), { csrf: tokenOf(alice.page) })).status).toBe(400);
    expect((await upload(alice, aPng(), { site: 'cross-site' })).status).toBe(400);
    expect(await read(alice.alice)).toEqual(before);
  });

  it.each(['..%2f..%2fetc%2fpasswd', '....', 'x', 'A'.repeat(43), `${'A'.repeat(42)}%00`])(
    'has no picture at /pictures/%s',
    async (name) => {
      expect((await fetch(`${running.service.issuer}/pictures/${name}`)).status).toBeGreaterThanOrEqual(400);
    },
  );

  it('breaks at no body that only says that it is a form with a file', async () => {
    const { browser } = await atProfile();
    for (const body of ['', 'x', '--x\r\n', '--x\r\ncontent-disposition: form-data; name="csrf"\r\n\r\ny']) {
      const url = new URL(PICTURE, running.service.issuer);
      const answer = await fetch(url, {
        method: 'POST',
        body,
        headers: { cookie: browser.cookies.header(url) ?? '', 'content-type': 'multipart/form-data; boundary=x' },
      });
      expect(answer.status).toBe(400);
    }
  });
});

/** A segment of colours, which a picture keeps. */
function jpegColours(): Buffer {
  const segment = Buffer.alloc(2 + 65_535, 0x20);
  segment.writeUInt16BE(0xffe2);
  segment.writeUInt16BE(65_535, 2);
  return segment;
}
