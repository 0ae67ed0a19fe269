// The real server on the demo programme, for one test file.

import { spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const top = new URL('../../', import.meta.url).pathname;

/** The built server: TAPHUAN_BIN, or what cargo made. */
function program() {
  const target = process.env.CARGO_TARGET_DIR ?? join(top, 'target');
  const path = process.env.TAPHUAN_BIN ?? join(target, 'debug', 'taphuan');
  if (!existsSync(path)) throw new Error(`${path} is not there: run \`make test\``);
  return path;
}

/** A port below those that the system lends to clients. */
async function freePort() {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 10_000);
    const free = await new Promise((resolve) => {
      const probe = createServer().once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
}

/**
 * Starts `taphuan serve --demo` on a folder of its own and waits until it is ready.
 * `env` adds settings. The server ends with `stop()`, which gives what it has written;
 * `pause()` and `resume()` take it away and bring it back on the same data and address.
 */
export async function startServer({ env = {}, demo = true } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'taphuan-'));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const log = join(folder, 'server.out');
  let child;

  const command = (...args) => [program(), args, {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATA_DIR: folder,
      DATABASE_URL: `sqlite://${join(folder, 'taphuan.db')}`,
      LISTEN: `127.0.0.1:${port}`,
      PUBLIC_URL: base,
      LIMITS: 'off',
      ...env,
    },
  }];

  async function resume() {
    child = spawn(...command('serve', ...(demo ? ['--demo'] : [])));
    const out = createWriteStream(log, { flags: 'a' });
    child.stdout.pipe(out, { end: false });
    child.stderr.pipe(out, { end: false });
    for (let tries = 0; tries < 1200; tries += 1) {
      if (child.exitCode !== null) break;
      const ready = await fetch(`${base}/readyz`).catch(() => null);
      if (ready?.ok) return;
      await sleep(50);
    }
    child.kill('SIGKILL');
    throw new Error(`the server does not start:\n${await readFile(log, 'utf8').catch(() => '')}`);
  }

  async function pause() {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  async function stop() {
    await pause();
    const written = await readFile(log, 'utf8').catch(() => '');
    await rm(folder, { recursive: true, force: true });
    return written;
  }

  /** Runs another command of taphuan, such as `token add`, and gives what it printed. */
  async function run(...args) {
    const running = spawn(...command(...args));
    let said = '';
    running.stdout.on('data', (data) => { said += data; });
    running.stderr.on('data', (data) => { said += data; });
    const code = await new Promise((resolve) => running.once('close', resolve));
    if (code !== 0) throw new Error(`taphuan ${args.join(' ')}: ${said}`);
    return said.trim();
  }

  await resume();
  return { base, folder, stop, pause, resume, run };
}
