import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServedProcess } from '../support/served-process.js';
import { stages, wordsOf, type Stage } from './support/dockerfile.js';
import { StageFolder } from './support/stage-folder.js';

describe('the image that the Dockerfile describes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-image-'));
  const made = new Map<string, StageFolder>();
  let last: Stage;
  let image: StageFolder;
  let service: ServedProcess;

  beforeAll(async () => {
    for (const [index, stage] of stages().entries()) {
      last = stage;
      image = new StageFolder(join(folder, String(index)), made);
      image.make(stage);
      made.set(stage.name ?? '', image);
    }
    const [command = '[]'] = wordsOf(last, 'CMD');
    const [, script = ''] = JSON.parse(command) as string[];
    service = await ServedProcess.start({
      env: { ...environment(), DATA_DIR: image.place('/data') },
      script,
      root: image.place('.'),
    });
  }, 300_000);

  afterAll(async () => {
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What ENV sets, but for where to listen, which the test chooses. */
  function environment(): Record<string, string> {
    const pairs = wordsOf(last, 'ENV').flatMap((words) => words.split(' ').map((pair) => pair.split('=')));
    const { PORT: _port, HOST: _host, ...rest } = Object.fromEntries(pairs) as Record<string, string>;
    return rest;
  }

  function healthCheck(): number | null {
    const [words = ''] = wordsOf(last, 'HEALTHCHECK');
    const [, script = ''] = JSON.parse(words.slice(words.indexOf('['))) as string[];
    return spawnSync(process.execPath, [script], { cwd: image.place('.'), env: { PORT: String(service.port) } }).status;
  }

  it('runs the service with nothing but what its last stage has', async () => {
    expect((await fetch(service.url('/health/ready'))).status).toBe(200);
    expect((await fetch(service.url('/.well-known/openid-configuration'))).status).toBe(200);
    expect((await fetch(service.url('/api/openapi.json'))).status).toBe(200);
  });

  it('has neither source nor development packages, and writes to its data folder only', () => {
    expect(readdirSync(image.place('.')).sort()).toEqual([
      'bin',
      'dist',
      'health-check.mjs',
      'node_modules',
      'package.json',
    ]);
    for (const name of ['typescript', 'vitest', 'eslint', '@nestjs/cli']) {
      expect(existsSync(image.place(`node_modules/${name}`)), name).toBe(false);
    }
    expect(readdirSync(image.place('/data'))).toContain('gatehouse.sqlite');
  });

  it('runs as somebody who is not root', () => {
    expect(wordsOf(last, 'USER')).toEqual(['node']);
  });

  it('has a health check that tells a service that answers from one that does not', async () => {
    expect(healthCheck()).toBe(0);
    expect(await service.stop()).toBe(0);
    expect(healthCheck()).toBe(1);
  });
});
