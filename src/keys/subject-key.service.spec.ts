import { expect, it } from 'vitest';
import { SecretSettings } from '#platform/config/index.js';
import { SecretBox, SecretKeys, SecretUnreadable, type Random } from '#platform/crypto/index.js';
import type { SubjectKeyRepository } from './subject-key.repository.js';
import { SubjectKey } from './subject-key.service.js';

/** The table, of which only the value is of interest here. */
class Table {
  value: string | undefined;
  sealed = () => Promise.resolve(this.value);
  keep = (sealed: string) => {
    this.value ??= sealed;
    return Promise.resolve();
  };
  replace = (read: string, sealed: string) => {
    if (this.value === read) this.value = sealed;
    return Promise.resolve();
  };
}

let made = 0;
const random = { secret: () => Buffer.alloc(32, ++made).toString('base64url') } as unknown as Random;

async function started(table: Table, ...keys: readonly string[]): Promise<SubjectKey> {
  const settings = new SecretSettings({ keys: keys.map((name) => Buffer.alloc(32, name)) });
  const box = new SecretBox(new SecretKeys(settings));
  const key = new SubjectKey(table as unknown as SubjectKeyRepository, box, random);
  await key.onModuleInit();
  return key;
}

it('subjects stay the same while SECRET_KEYS change one after another (OIDC Core §8.1)', async () => {
  const table = new Table();
  const subject = (await started(table, 'a')).mac('alice');
  const sealedFirst = table.value;
  expect((await started(table, 'a')).mac('alice')).toBe(subject);
  expect(table.value).toBe(sealedFirst);
  expect((await started(table, 'b', 'a')).mac('alice')).toBe(subject);
  expect((await started(table, 'b')).mac('alice')).toBe(subject); // sealed anew, so the old key may go
  expect((await started(new Table(), 'b')).mac('alice')).not.toBe(subject);
});

it('a start without the key that sealed it fails, rather than making everybody somebody else', async () => {
  const table = new Table();
  await started(table, 'a');
  await expect(started(table, 'c')).rejects.toBeInstanceOf(SecretUnreadable);
});
