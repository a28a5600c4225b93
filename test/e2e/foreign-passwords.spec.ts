import { expect, it } from 'vitest';
import { PasswordsService } from '#authentication/index.js';
import { ForeignHashes, type ForeignHash } from '#platform/crypto/index.js';
import { Database } from '#platform/database/index.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aUser, type GivenUser } from '../support/given.js';
import { signIn } from '../support/signing-in.js';

/** One of each kind of work; passlib 1.7.4, OpenSSL 3.0.19, Django 3.2.25 and the firebase/scrypt example made them. */
const BROUGHT: readonly (readonly [format: string, password: string, hash: string])[] = [
  ['bcrypt', 'seven red bicycles', '$2b$06$xibjKmbY9CNCxgD4J.BaZen2r/U3TsNeCRucgk5GvcvzuCrIFmv3e'],
  [
    'SHA-crypt',
    'seven red bicycles',
    '$6$abcdefgh$FHVl0JtLnsFX8aiCF/pyanxygjH82olOayl..rhC.lU3gxAcxQh.7wtAzjv/pHMDHw0MYPqVM1NQlpJcuz.Fl.',
  ],
  ['phpass', 'correct horse 马 battery', '$P$6ZEJiCaNY75dHqP6x30pvkX28k0nQt1'],
  [
    'Django',
    'seven red bicycles',
    'pbkdf2_sha256$1000$tPvKpekgH2i9IejTqp9t7r$z72cRxYzGwfTOGbvaFSUkOrPlaTWGwGDC+XRezPwSWE=',
  ],
  ['argon2i', 'seven red bicycles', '$argon2i$v=19$m=256,t=2,p=2$foeIVw8ISOynUzG8OxL0hg$LW+zOZ9ZFopZtllTNsD5KQ'],
  [
    'Firebase',
    'user1password',
    '$firebase-scrypt$ln=14,r=8$42xEC+ixf3L2lw==$Bw==$' +
      'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$' +
      'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
  ],
];

/** Of the same with an accent on its own, which NFKC joins to its letter; python bcrypt 3.2.2. */
const DECOMPOSED = '$2b$05$Uw7LQRokLqdthhvNezwFjO7r5.NhTHMX33n8K6yDdttAxwbakVCMe';

onEveryDatabase('passwords whose hashes other systems made', (running) => {
  const passwords = () => running.service.app.get(PasswordsService, { strict: false });

  function hashFrom(text: string): ForeignHash {
    const reading = running.service.app.get(ForeignHashes, { strict: false }).read(text);
    if (reading.outcome === 'refused') throw new Error(reading.problem);
    return reading.hash;
  }

  async function aBroughtUser(password: string, hash: string): Promise<GivenUser> {
    const user = await aUser(running.service);
    await passwords().adopt(user.id, hashFrom(hash));
    return { ...user, password };
  }

  const landing = async (user: GivenUser): Promise<string> => {
    const browser = aBrowser(running.service);
    return (await signIn(browser, await browser.visit(running.service.url('/sign-in')), user)).url.pathname;
  };

  it.each(BROUGHT)('sign in at once, and are hashed anew by the first sign-in: %s', async (_, password, hash) => {
    const user = await aBroughtUser(password, hash);
    expect(await landing({ ...user, password: `${password}?` })).toBe('/sign-in');
    expect(await passwords().hashOf(user.id)).toBe(hashFrom(hash).stored);
    expect(await landing(user)).toBe('/account');
    const own = await passwords().hashOf(user.id);
    expect(own).toMatch(/^cheap\$/);
    expect(await landing(user)).toBe('/account');
    expect(await landing({ ...user, password: `${password}?` })).toBe('/sign-in');
    expect(await passwords().hashOf(user.id)).toBe(own);
  });

  it('are hashed anew from what was typed, however the other system normalized it', async () => {
    const decomposed = 'cafe\u0301 au lait';
    const user = await aBroughtUser(decomposed, DECOMPOSED);
    expect(await landing(user)).toBe('/account');
    expect(await landing({ ...user, password: 'caf\u00e9 au lait' })).toBe('/account');
  });

  it('that cannot be read any more are wrong, and nothing breaks', async () => {
    const user = await aBroughtUser(
      'seven red bicycles',
      '$2b$06$xibjKmbY9CNCxgD4J.BaZen2r/U3TsNeCRucgk5GvcvzuCrIFmv3e',
    );
    const database = running.service.app.get(Database, { strict: false });
    await database.dataSource.query(`UPDATE password SET hash = '$2b$06$cut' WHERE user_id = '${user.id}'`);
    expect(await landing(user)).toBe('/sign-in');
  });

  it('are not put back by a sign-in that was compared before another password was set', async () => {
    const user = await aBroughtUser(...(BROUGHT[0]?.slice(1) as [string, string]));
    const compared = passwords().matches(user.id, user.password);
    await passwords().set(user.id, 'another walk by the river');
    await compared;
    expect(await passwords().matches(user.id, 'another walk by the river')).toBe(true);
    expect(await passwords().matches(user.id, user.password)).toBe(false);
  });

  it('keep the key of Firebase sealed, once for all hashes', async () => {
    const firebase = BROUGHT.at(-1)?.[2] ?? '';
    const [one, other] = [await aBroughtUser('user1password', firebase), await aBroughtUser('user1password', firebase)];
    const database = running.service.app.get(Database, { strict: false });
    const rows: { sealed: string }[] = await database.dataSource.query('SELECT sealed FROM foreign_hash_key');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('jxspr8Ki0RYycVU8');
    for (const user of [one, other]) expect(await passwords().hashOf(user.id)).not.toContain('jxspr8Ki0RYycVU8');
  });
});
