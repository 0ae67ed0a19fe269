// The kit of the browser tests: Debian's Chromium on the real server, in both languages and two
// widths, with axe. A visit that logs an error, throws one or gets a 5xx fails its test.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import { startServer } from './server.mjs';

export const LANGUAGES = ['vi', 'en'];
export const WIDTHS = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1280, height: 800 } },
};
export const PASSWORD = 'demo-taphuan';
export const accounts = {
  organizer: 'organizer@example.com',
  trainer: 'trainer@example.com',
  door: 'door@example.com',
  director: 'director@example.com',
};
/** Workshops of the demo. */
export const workshops = {
  open: 'tiet-kiem-nuoc-nganh-dua',
  full: 'can-bang-vat-lieu',
  relocated: 'giam-nuoc-thai-thuy-san',
  draft: 'nhan-rong-lang-nghe',
  held: 'gioi-thieu-sxsh-2008',
};

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const PROGRAM = process.env.TAPHUAN_CHROMIUM ?? '/usr/bin/chromium';
// The same engine without windows, tabs and extensions: a third of the time.
const SHELL = process.env.TAPHUAN_CHROMIUM ?? '/usr/bin/chromium-headless-shell';
const ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
  '--disable-background-networking', '--disable-component-update',
];

function launch() {
  return chromium.launch({ executablePath: SHELL, args: ARGS });
}

/**
 * Opens a browser that keeps in `folder` what it keeps: opened again, it goes on from there.
 * `quit()` closes it as people do; `kill()` is a battery that goes flat: no process of it writes
 * down anything any more.
 */
export async function openProfile(folder) {
  const told = join(folder, 'DevToolsActivePort');
  // One that was killed leaves its own.
  await rm(told, { force: true });
  const args = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank'];
  // A group of its own, so that all of its processes can be killed at once.
  const child = spawn(PROGRAM, [...ARGS, ...args], { detached: true, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  const runs = () => child.pid && child.exitCode === null && child.signalCode === null;
  async function kill() {
    if (runs()) process.kill(-child.pid, 'SIGKILL');
    await ended;
  }
  try {
    let port;
    for (let tries = 0; tries < 600 && runs() && !port; tries += 1) {
      await setTimeout(50);
      port = /^\d+(?=\n)/.exec(await readFile(told, 'utf8').catch(() => ''))?.[0];
    }
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const quit = async () => {
      await (await browser.newBrowserCDPSession()).send('Browser.close');
      await ended;
    };
    const [context] = browser.contexts();
    context.setDefaultTimeout(15_000);
    return { context, page: await context.newPage(), quit, kill };
  } catch (error) {
    await kill();
    throw error;
  }
}

/** Everything a test file needs; call `end()` in its `after`. */
export async function begin(options) {
  const server = await startServer(options);
  return new House(server, await launch());
}

class House {
  #sessions = new Map();

  constructor(server, browser) {
    this.server = server;
    this.browser = browser;
    this.base = server.base;
  }

  async end() {
    await this.browser.close();
    return this.server.stop();
  }

  /**
   * Opens a page in a context of its own, hands it to `test`, and closes it.
   * `as` signs in as one of `accounts`; `js: false` switches JavaScript off;
   * `expected` are patterns of console errors that the test provokes.
   */
  async visit({ lang = 'vi', width = 'desktop', as, js = true, dark = false, expected = [] }, test) {
    const context = await this.browser.newContext({
      ...WIDTHS[width],
      baseURL: this.base,
      javaScriptEnabled: js,
      colorScheme: dark ? 'dark' : 'light',
      locale: lang === 'vi' ? 'vi-VN' : 'en-GB',
      timezoneId: 'Asia/Ho_Chi_Minh',
      reducedMotion: 'reduce',
      storageState: as ? await this.#signedIn(as) : undefined,
    });
    await context.addCookies([{ name: 'lang', value: lang, url: this.base }]);
    context.setDefaultTimeout(15_000);
    await context.addInitScript(tellErrors);
    const complaints = watch(context, this.base, expected);
    const page = await context.newPage();
    try {
      await test(page, context);
      assert.deepEqual(complaints, [], 'the browser complained');
    } catch (error) {
      await shoot(page, `failed-${named(new URL(page.url()).pathname)}-${lang}-${width}`);
      if (complaints.length > 0) error.message += `\nthe browser complained: ${complaints.join('\n')}`;
      throw error;
    } finally {
      await context.close();
    }
  }

  /** Signs in through the page, once per role and file: sign-ins are slow on purpose. */
  async #signedIn(role) {
    if (!this.#sessions.has(role)) {
      await this.visit({ js: false }, async (page, context) => {
        await signIn(page, accounts[role]);
        this.#sessions.set(role, await context.storageState());
      });
    }
    return this.#sessions.get(role);
  }
}

/** Fills in the sign-in form of the page, and waits for where it leads. */
export async function signIn(page, email, password = PASSWORD, base = '') {
  await page.goto(`${base}/sign-in`);
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.locator('main form button[type=submit], main form button:not([type])').first().click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** Waits until as many of these stand on the page: what a click leads to may still be loading. */
export async function counts(locator, wanted, message) {
  for (let tries = 0; tries < 300 && await locator.count() !== wanted; tries += 1) {
    await setTimeout(50);
  }
  assert.equal(await locator.count(), wanted, message);
}

/** Runs in the page, and tells every error in it in words while the page is still there. */
function tellErrors() {
  addEventListener('error', ({ message, filename, lineno }) => {
    if (message) console.error(`thrown: ${message} at ${filename}:${lineno}`);
  });
  addEventListener('unhandledrejection', ({ reason }) => {
    console.error(`rejected: ${reason?.stack ?? reason} ${JSON.stringify(reason)}`);
  });
}

/** Whatever the browser complains about in a context, as it comes. */
function watch(context, base, expected) {
  const complaints = [];
  const complain = (text) => {
    if (!expected.some((pattern) => pattern.test(text))) complaints.push(text);
  };
  context.on('console', (message) => {
    // A refused form (422) is an answer, not a fault; Chromium logs it all the same.
    const refused = /status of (401|404|409|410|422|429)/.test(message.text());
    if (message.type() === 'error' && !refused) complain(`console: ${message.text()}`);
    if (message.type() === 'warning' && /hydrat|CSP|Content.Security/i.test(message.text())) {
      complain(`console: ${message.text()}`);
    }
  });
  context.on('weberror', (thrown) => {
    const error = thrown.error();
    const text = error?.stack || error?.message;
    // Of a page that is gone already nothing is left to say here; `tellErrors` said it in time.
    if (text) complain(`error: ${text}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 500) complain(`${response.status()} ${response.url()}`);
  });
  context.on('requestfailed', (request) => {
    const failure = request.failure()?.errorText ?? '';
    // Streams and prefetches are cut off when a page is left.
    if (!failure.includes('ERR_ABORTED')) complain(`${failure} ${request.url()}`);
  });
  context.on('request', (request) => {
    const own = request.url().startsWith(base) || /^(data|blob|about):/.test(request.url());
    if (!own) complain(`a request to another host: ${request.url()}`);
  });
  return complaints;
}

/** Goes to a path and says when the answer is none of a page. */
export async function open(page, path, status = 200) {
  const answer = await page.goto(path);
  assert.equal(answer.status(), status, path);
  return answer;
}

/** No violation of WCAG 2.2 AA, and the shape of a page. */
export async function check(page, name) {
  await violatesNothing(page, name);
  return shaped(page, name);
}

async function violatesNothing(page, name) {
  // Axe runs in every frame, and waits for ever for one in which no script may run.
  await page.evaluate(() => {
    for (const frame of document.querySelectorAll('iframe[sandbox]')) frame.remove();
  });
  const { violations } = await new AxeBuilder({ page }).withTags(STANDARDS).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.slice(0, 5).map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
  }));
  assert.deepEqual(found, [], `axe on ${name}`);
}

/** Nothing wider than the screen, one title, one main, one h1. */
async function shaped(page, name) {
  // What is measured is the page in its own letters.
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const shape = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    title: document.title.trim().length > 0,
    h1: document.querySelectorAll('h1').length,
    main: document.querySelectorAll('main').length,
    overflow: Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
  }));
  assert.deepEqual(
    { ...shape, lang: undefined },
    { lang: undefined, title: true, h1: 1, main: 1, overflow: 0 },
    `shape of ${name}`,
  );
  return shape;
}

/**
 * Things to press that are less than 44 px high or 24 px wide, together with their labels.
 * Words inside a sentence are exempt.
 */
export function smallTargets(page) {
  return page.evaluate(() => {
    const size = (element) => {
      const boxes = [element, ...(element.labels ?? [])].map((part) => part.getBoundingClientRect());
      const span = (from, to) => Math.max(...boxes.map((box) => box[to])) - Math.min(...boxes.map((box) => box[from]));
      return { width: span('left', 'right'), height: span('top', 'bottom') };
    };
    return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => getComputedStyle(element).display !== 'inline')
      .map((element) => [element, size(element)])
      // A single pixel is how things are hidden from sight but not from readers.
      .filter(([, { width, height }]) => width > 1 && (height < 43.5 || width < 24))
      .map(([element, { width, height }]) =>
        `${element.outerHTML.slice(0, 120)} ${width.toFixed(1)}×${height.toFixed(1)}`);
  });
}

/** A picture of the whole page in $TAPHUAN_SHOTS, if that is set. */
export async function shoot(page, name) {
  const folder = process.env.TAPHUAN_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true }).catch(() => {});
}

/** A path as part of a file's name. */
export const named = (path) => path.replaceAll('/', '_').slice(1) || 'home';

/**
 * Opens a page, checks it and takes its picture. Axe, the slowest part, looks at each page in both
 * widths and in both languages, but not at all four pairs of them.
 */
export async function look(page, path, { lang = 'vi', width }, name) {
  await open(page, path);
  await shoot(page, `${name}-${lang}-${width}`);
  const said = `${path} (${lang}, ${width})`;
  const shape = await shaped(page, said);
  if ((lang === 'vi') === (width !== 'desktop')) await violatesNothing(page, said);
  assert.equal(shape.lang, lang, `${path} is in another language`);
  if (width === 'phone') {
    assert.deepEqual(await smallTargets(page), [], `too small to touch on ${path}`);
  }
}

/** `test(way)` for every language and width. */
export function everyWay(test) {
  return LANGUAGES.flatMap((lang) => Object.keys(WIDTHS).map((width) => test({ lang, width })));
}
