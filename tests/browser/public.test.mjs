// Every public page in each language and width: axe, no overflow, no script, no complaint.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { begin, counts, everyWay, look, named, open, workshops } from './kit.mjs';

const PUBLIC = [
  '/',
  `/workshops/${workshops.open}`,
  `/workshops/${workshops.full}`,
  `/workshops/${workshops.relocated}`,
  `/workshops/${workshops.held}`,
  `/workshops/${workshops.open}/register`,
  `/workshops/${workshops.full}/register`,
  '/library',
  '/sign-in',
  '/privacy',
];

let house;
before(async () => { house = await begin(); });
after(async () => { await house?.end(); });

for (const path of PUBLIC) {
  suite(path, () => everyWay((way) => {
    test(`${way.lang} ${way.width}`, () => house.visit(way, async (page) => {
      await look(page, path, way, `public-${named(path)}`);
      await counts(page.locator('script:not([type="application/ld+json"])'), 0, 'a public page has a script');
    }));
  }));
}

suite('in the dark', () => {
  for (const path of [PUBLIC[0], PUBLIC[1], PUBLIC[5]]) {
    const way = { width: 'phone', dark: true };
    test(path, () => house.visit(way, (page) => look(page, path, way, `public-${named(path)}-dark`)));
  }
});

test('English is chosen once and kept', () => house.visit({}, async (page, context) => {
  const lang = () => page.locator('html').getAttribute('lang');
  await context.clearCookies();
  await open(page, '/');
  assert.equal(await lang(), 'vi', 'Vietnamese is the default');
  await open(page, '/?lang=en');
  assert.equal(await lang(), 'en');
  await open(page, '/privacy');
  assert.equal(await lang(), 'en', 'forgotten');
}));
