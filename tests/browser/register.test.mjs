// Registering from a phone without JavaScript, from the first page to giving the seat up again.
// The same walk with JavaScript has axe look at every page on the way.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { LANGUAGES, begin, check, counts, open, shoot, workshops } from './kit.mjs';

let house;
before(async () => { house = await begin(); });
after(async () => { await house?.end(); });

let people = 0;

/** Another person for every walk. */
function somebody() {
  people += 1;
  const name = `Huỳnh Thị ${'Ất Bính Đinh Mậu Kỷ Canh Tân Nhâm Quý'.split(' ')[people % 9]} Ở`;
  return { name, phone: `0959 111 ${String(people).padStart(3, '0')}` };
}

async function fill(page, { name, phone }) {
  await page.locator('[name=full_name]').fill(name);
  await page.locator('[name=phone]').fill(phone);
  await page.locator('[name=role][value=owner]').check();
  await page.locator('[name=establishment]').fill('CSSX Năm Lúa');
  await page.locator('[name=locality]').fill('Giồng Trôm');
  await page.locator('[name=consent_reporting]').check();
}

const send = (page) => page.locator('main form[method=post] button[type=submit]').click();

/** Looks at a page on the way; axe needs JavaScript. */
async function stopAt(page, name, { js, lang }) {
  if (js) await check(page, `${name} (${lang})`);
  await shoot(page, `register-${name}-${lang}-phone`);
}

for (const lang of LANGUAGES) {
  for (const js of [false, true]) {
    const way = { lang, js, width: 'phone' };
    suite(`${lang}, ${js ? 'with' : 'without'} JavaScript`, () => {
      test('a seat, and giving it up', () => house.visit(way, async (page) => {
        await open(page, '/');
        await page.locator(`main h2 a[href="/workshops/${workshops.open}"]`).click();
        await page.locator('main a.button:not(.button--secondary)').click();

        // Sent empty: everything that is wrong is said, with links to the fields.
        await send(page);
        const summary = page.locator('.error-summary');
        await summary.waitFor();
        await counts(summary.locator('li'), 6);
        await stopAt(page, 'problems', way);
        await summary.locator('a[href="#phone"]').click();
        assert.match(page.url(), /#phone$/);

        const person = somebody();
        await fill(page, { ...person, phone: '12' });
        await send(page);
        await counts(page.locator('.error-summary li'), 1);
        assert.equal(await page.locator('[name=full_name]').inputValue(), person.name);
        assert.equal(await page.locator('[name=phone]').inputValue(), '12');
        assert.ok(await page.locator('[name=role][value=owner]').isChecked());
        assert.ok(await page.locator('[name=consent_reporting]').isChecked());
        assert.ok(!(await page.locator('[name=consent_materials]').isChecked()));

        await page.locator('[name=phone]').fill(person.phone);
        await send(page);
        await page.waitForURL('**/my/*');
        assert.match(await page.locator('.ticket__code').innerText(), /\b[2-9A-Z]{4} [2-9A-Z]{4}\b/);
        assert.ok(await page.locator('.ticket__qr svg').isVisible(), 'no QR code');
        assert.ok((await page.locator('main').innerText()).includes(person.name));
        await stopAt(page, 'seat', way);

        await page.locator('summary').click();
        await stopAt(page, 'give-up', way);
        await send(page);
        await page.waitForURL('**/my/*done=cancelled*');
        await counts(page.locator('.ticket__code'), 0, 'the code is of no use now');
        await stopAt(page, 'given-up', way);
      }));

      test('no seat left', () => house.visit(way, async (page) => {
        await open(page, `/workshops/${workshops.full}/register`);
        assert.ok(await page.locator('.notice').first().isVisible(), 'not told beforehand');
        await fill(page, somebody());
        await send(page);
        await page.waitForURL('**/my/*');
        // Seven wait already; whoever came here before us in this file stands ahead too.
        const state = await page.locator('.ticket__state').innerText();
        const position = Number(/\d+/.exec(state)?.[0]);
        assert.ok(position >= 8 && position < 12, state);
        await counts(page.locator('.ticket__code'), 0, 'a code without a seat');
        await stopAt(page, 'waiting', way);
      }));

      test('registered before', () => house.visit(way, async (page) => {
        const person = somebody();
        for (let times = 0; times < 2; times += 1) {
          await open(page, `/workshops/${workshops.open}/register`);
          await fill(page, person);
          await send(page);
        }
        await counts(page.locator('.ticket__code'), 0, 'a stranger sees the code');
        await stopAt(page, 'before', way);
      }));
    });
  }
}
