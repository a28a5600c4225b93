import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { LONGEST_DRAIN_SECONDS } from '#platform/config/environment.dto.js';
import { LONGEST_FINISH_SECONDS } from '../../src/serve.js';
import { PROJECT } from '../support/served-process.js';
import { startService } from '../support/start-service.js';

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly expr: string }[];
}

const file = (name: string): string => readFileSync(join(PROJECT, name), 'utf8');
const dashboard = JSON.parse(file('deploy/grafana/gatehouse.json')) as { readonly panels: readonly Panel[] };
const expressions = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));

/** Runs a program of the system; it must be there, for a check that is skipped is none. */
function run(
  command: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
): { status: number | null; said: string } {
  const { status, stdout, stderr, error } = spawnSync(command, words, {
    cwd: PROJECT,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
  });
  if (error !== undefined) throw error;
  return { status, said: stdout + stderr };
}

describe('the files to install with', () => {
  it('are well-formed YAML', () => {
    const files = [
      'deploy/compose.yaml',
      'deploy/prometheus',
      'deploy/helm/gatehouse/Chart.yaml',
      'deploy/helm/gatehouse/values.yaml',
    ];
    expect(run('yamllint', ['--strict', ...files])).toEqual({ status: 0, said: '' });
  });

  it('describe services as the schema of compose files wants', () => {
    const secrets = { SECRET_KEYS: 'x', MARIADB_PASSWORD: 'y' };
    expect(run('docker-compose', ['-f', 'deploy/compose.yaml', 'config', '--quiet'], secrets).status).toBe(0);
    const without = run('docker-compose', ['-f', 'deploy/compose.yaml', 'config', '--quiet']);
    expect(without.status).not.toBe(0);
  });

  it('have a unit that systemd takes, with little that it could do to its machine', () => {
    const unit = 'deploy/systemd/gatehouse.service';
    expect(run('systemd-analyze', ['verify', '--man=no', unit])).toMatchObject({ status: 0 });
    expect(run('systemd-analyze', ['security', '--offline=yes', '--threshold=20', '--no-pager', unit]).status).toBe(0);
  });

  it('wait longer for a service that was told to stop than it takes at most', () => {
    const longest = LONGEST_DRAIN_SECONDS + LONGEST_FINISH_SECONDS;
    const waits = {
      'deploy/systemd/gatehouse.service': /^TimeoutStopSec=(\d+)$/m,
      'deploy/compose.yaml': /^ +stop_grace_period: (\d+)s$/m,
      'deploy/helm/gatehouse/templates/deployment.yaml': /^ +terminationGracePeriodSeconds: (\d+)$/m,
    };
    const before = Number(
      /command: \["sleep", "(\d+)"\]/.exec(file('deploy/helm/gatehouse/templates/deployment.yaml'))?.[1],
    );
    for (const [name, wait] of Object.entries(waits)) {
      // Kubernetes counts what it does before the signal.
      const waited = longest + (name.includes('/helm/') ? before : 0);
      expect(Number(wait.exec(file(name))?.[1]), name).toBeGreaterThan(waited);
    }
  });

  it('have alert rules that Prometheus takes, and that sound when they should', () => {
    expect(run('promtool', ['check', 'rules', 'deploy/prometheus/gatehouse.rules.yaml']).status).toBe(0);
    const tested = run('promtool', ['test', 'rules', 'deploy/prometheus/gatehouse.rules.test.yaml']);
    expect(tested.said).toContain('SUCCESS');
    expect(tested.status).toBe(0);
  });

  it('have a dashboard whose panels do not overlap and whose expressions Prometheus takes', () => {
    const taken = new Set<string>();
    for (const { id, gridPos } of dashboard.panels) {
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(taken.has(`${x} ${y}`), `panel ${id}`).toBe(false);
          taken.add(`${x} ${y}`);
        }
      }
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    }
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-rules-'));
    const rules = expressions.map((expr, at) => ({
      record: `panel:${at}`,
      expr: expr.replaceAll('$__rate_interval', '5m'),
    }));
    writeFileSync(join(folder, 'rules.json'), JSON.stringify({ groups: [{ name: 'panels', rules }] }));
    expect(run('promtool', ['check', 'rules', join(folder, 'rules.json')])).toMatchObject({ status: 0 });
    rmSync(folder, { recursive: true });
  });

  it('name only measurements that the service has', async () => {
    const rules = parse(file('deploy/prometheus/gatehouse.rules.yaml')) as {
      readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[];
    };
    const alerts = rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr));
    const service = await startService();
    const text = await (await fetch(service.url('/metrics'))).text();
    await service.close();
    const declared = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name));
    const named = [...expressions, ...alerts].flatMap(
      (expr) => expr.match(/\b(?:gatehouse|process|nodejs)_[a-z0-9_]+/g) ?? [],
    );
    expect(named.length).toBeGreaterThan(20);
    const unknown = named.filter((name) => !declared.has(name.replace(/_(?:bucket|count|sum)$/, '')));
    expect(unknown).toEqual([]);
  });
});

describe('the chart for Kubernetes', () => {
  const TEMPLATES = ['deployment', 'service', 'ingress', 'disruption-budget', 'pod-monitor'];

  it('uses no value that values.yaml does not explain', () => {
    const values = parse(file('deploy/helm/gatehouse/values.yaml')) as Record<string, unknown>;
    for (const name of TEMPLATES) {
      const text = file(`deploy/helm/gatehouse/templates/${name}.yaml`);
      for (const [, path = ''] of text.matchAll(/\.Values\.([A-Za-z.]+)/g)) {
        const value = path
          .split('.')
          .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], values);
        expect(value, path).toBeDefined();
      }
    }
  });

  it('closes whatever its templates open', () => {
    for (const name of TEMPLATES) {
      const text = file(`deploy/helm/gatehouse/templates/${name}.yaml`);
      const opened = text.match(/\{\{-? *(?:if|with|range)\b/g) ?? [];
      const closed = text.match(/\{\{-? *end\b/g) ?? [];
      expect(closed.length, name).toBe(opened.length);
    }
  });
});
