// Every page in each language and width, light and dark: axe, no overflow, no complaint.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { begin, check, everyWay, open, shoot, smallTargets, workshops } from './kit.mjs';

const PUBLIC = [
  '/',
  `/workshops/${workshops.open}`,
  `/workshops/${workshops.full}`,
  `/workshops/${workshops.relocated}`,
  `/workshops/${workshops.held}`,
  `/workshops/${workshops.open}/register`,
  `/workshops/${workshops.full}/register`,
  '/sign-in',
  '/privacy',
];

const STAFF = {
  organizer: [
    '/programme',
    '/manage/workshops',
    '/manage/workshops/new',
    `/manage/workshops/${workshops.open}`,
    `/manage/workshops/${workshops.draft}`,
    `/manage/workshops/${workshops.held}`,
    `/manage/workshops/${workshops.full}/people`,
    `/manage/workshops/${workshops.held}/people`,
    `/manage/workshops/${workshops.held}/materials`,
    '/mail',
    `/door/${workshops.full}`,
  ],
  door: ['/door'],
  trainer: ['/trainer'],
  director: ['/programme'],
};

let house;
before(async () => { house = await begin(); });
after(async () => { await house?.end(); });

const named = (path) => path.replaceAll('/', '_').replace(/^_$/, '_home').slice(1);

async function look(page, path, { lang, width }, name) {
  await open(page, path);
  const { lang: shown } = await check(page, `${path} (${lang}, ${width})`);
  assert.equal(shown, lang, `${path} is in another language`);
  if (width === 'phone') {
    assert.deepEqual(await smallTargets(page), [], `too small to touch on ${path}`);
  }
  await shoot(page, name);
}

suite('public pages', () => {
  for (const path of PUBLIC) {
    everyWay((way) => test(`${path} ${way.lang} ${way.width}`, () => house.visit(way, async (page) => {
      await look(page, path, way, `public-${named(path)}-${way.lang}-${way.width}`);
      assert.equal(await page.locator('script').count(), 0, 'a public page has a script');
    })));
  }
});

for (const [role, paths] of Object.entries(STAFF)) {
  suite(`pages of ${role}`, () => {
    for (const path of paths) {
      everyWay((way) => test(`${path} ${way.lang} ${way.width}`, () => house.visit({ ...way, as: role }, async (page) => {
        await look(page, path, way, `${role}-${named(path)}-${way.lang}-${way.width}`);
      })));
    }
  });
}

suite('dark', () => {
  for (const path of [PUBLIC[0], PUBLIC[5], '/programme', `/door/${workshops.full}`]) {
    const as = path.startsWith('/programme') || path.startsWith('/door') ? 'organizer' : undefined;
    test(path, () => house.visit({ width: 'phone', dark: true, as }, async (page) => {
      await look(page, path, { lang: 'vi', width: 'phone' }, `dark-${named(path)}`);
    }));
  }
});

test('English is chosen once and kept', () => house.visit({}, async (page, context) => {
  await context.clearCookies();
  await open(page, '/');
  assert.equal(await page.locator('html').getAttribute('lang'), 'vi', 'Vietnamese is the default');
  await open(page, '/?lang=en');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await open(page, '/privacy');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en', 'forgotten');
}));
