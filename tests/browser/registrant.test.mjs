// What people do after registering, or for others: a group by a colleague, the page of each of
// its members, a substitute, consents, contacts, a lost link. All of it without JavaScript; the
// same walk with JavaScript has axe look at every page on the way.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  LANGUAGES, begin, check, counts, everyWay, open, shoot, smallTargets, workshops,
} from './kit.mjs';

let house;
before(async () => { house = await begin(); });
after(async () => { await house?.end(); });

const GIVEN = 'Ất Bính Đinh Mậu Kỷ Canh Tân Nhâm Quý Giáp Tý Sửu Dần Mão Thìn Tỵ Ngọ Mùi Thân Dậu'.split(' ');
let people = 0;
/** A name that nobody had before. */
function somebody() {
  people += 1;
  return `Đoàn ${GIVEN[people % 20]} ${GIVEN[Math.floor(people / 20)]}`;
}

const main = (page) => page.locator('main');
const send = (page) => main(page).locator('.form-actions button[type=submit].button').first().click();

async function stopAt(page, name, { js, lang, width }) {
  await shoot(page, `registrant-${name}-${lang}-${width}`);
  if (!js) return;
  await check(page, `${name} (${lang}, ${width})`);
  if (width === 'phone') assert.deepEqual(await smallTargets(page), [], `too small on ${name}`);
}

async function fillContact(page) {
  await page.locator('[name=contact_name]').fill('Trần Thị Liên Hệ');
  await page.locator('[name=contact_phone]').fill('0959 222 333');
  await page.locator('[name=contact_email]').fill('lienhe@example.com');
  await page.locator('[name=establishment]').fill('HTX Lá Biếc');
  await page.locator('[name=locality]').fill('Ba Tri');
}

const field = (page, number, part) => page.locator(`[name="delegates.${number}.${part}"]`);

/** Registers these as a group; ends on the group's page. */
async function registerGroup(page, names, slug = workshops.open) {
  await open(page, `/workshops/${slug}/register/group`);
  await fillContact(page);
  for (const [at, name] of names.entries()) {
    await field(page, at + 1, 'full_name').fill(name);
    await field(page, at + 1, 'role').selectOption('foreman');
  }
  await page.locator('[name=told]').check();
  await send(page);
  await page.waitForURL('**/groups/*');
}

const walks = [
  ...LANGUAGES.map((lang) => ({ lang, width: 'phone', js: false })),
  ...everyWay((way) => ({ ...way, js: true })),
];
for (const way of walks) {
  suite(`${way.lang}, ${way.width}, ${way.js ? 'with' : 'without'} JavaScript`, () => {
    test('a group, by a colleague', () => house.visit(way, async (page) => {
      await open(page, `/workshops/${workshops.open}`);
      await main(page).locator('a[href$="/register/group"]').click();
      await counts(page.locator('fieldset.delegate'), 3);
      await stopAt(page, 'group-empty', way);

      // The page grows by itself and keeps everything; Enter sends and does not grow it.
      await fillContact(page);
      const [first, second] = [somebody(), somebody()];
      await field(page, 1, 'full_name').fill(first);
      await page.locator('button[name=more]').click();
      await counts(page.locator('fieldset.delegate'), 6);
      assert.equal(await field(page, 1, 'full_name').inputValue(), first);
      await field(page, 5, 'full_name').fill(second);
      await field(page, 5, 'role').selectOption('owner');
      await field(page, 5, 'phone').fill('12');
      await field(page, 5, 'phone').press('Enter');
      await page.locator('.error-summary').waitFor();
      const wrong = await page.locator('.error-summary a').evaluateAll((links) =>
        links.map((link) => decodeURIComponent(link.hash)));
      assert.deepEqual(wrong, ['#delegates.1.role', '#delegates.5.phone', '#told']);
      await stopAt(page, 'group-problems', way);

      await field(page, 1, 'role').selectOption('technician');
      await field(page, 5, 'phone').fill('');
      await page.locator('[name=told]').check();
      await send(page);
      await page.waitForURL('**/groups/*done=made*');
      const text = await main(page).innerText();
      assert.ok(text.includes(first) && text.includes(second), 'members are missing');
      assert.ok(!page.url().includes('222'), 'personal data in the address');
      await stopAt(page, 'group-made', way);

      // One of them does not come after all.
      const last = page.locator('.members > li').last();
      await last.locator('summary').click();
      await last.locator('button[type=submit]').click();
      await page.waitForURL('**done=cancelled*');
      await stopAt(page, 'group-one-less', way);
    }));

    test('a group that has to wait is told where and why', () => house.visit(way, async (page) => {
      await registerGroup(page, [somebody(), somebody()], workshops.full);
      const title = await page.locator('.notice--wait h2').innerText();
      assert.match(title, /\d+/, 'no position');
      await stopAt(page, 'group-waiting', way);
    }));

    test('the own page of somebody named by a colleague', () => house.visit(way, async (page) => {
      await registerGroup(page, [somebody()]);
      await page.locator('.members a[href^="/my/"]').click();
      await page.waitForURL('**/my/*');
      const mine = page.url();
      await stopAt(page, 'named', way);

      // Asked for consent, which nobody gave for them.
      for (const box of await page.locator('input[name^=consent_]').all()) {
        assert.ok(!(await box.isChecked()), 'ticked beforehand');
      }
      await page.locator('[name=consent_reporting]').check();
      await page.locator('[name=consent_materials]').check();
      await page.locator('form[action$="/consents"] button').click();
      await page.waitForURL('**done=consents*');
      await page.locator('a[href$="/consents"]').click();
      assert.ok(await page.locator('[name=consent_materials]').isChecked());
      await stopAt(page, 'consents', way);
      await page.locator('[name=consent_materials]').uncheck();
      await send(page);
      await page.waitForURL('**done=consents*');

      await page.locator('a[href$="/contact"]').click();
      await page.locator('[name=phone]').fill('12');
      await page.locator('[name=email]').fill('moi@example.com');
      await send(page);
      await page.locator('.error-summary').waitFor();
      assert.equal(await page.locator('[name=email]').inputValue(), 'moi@example.com');
      await stopAt(page, 'contact-problem', way);
      await page.locator('[name=phone]').fill('0163 123 4567');
      await send(page);
      await page.waitForURL('**done=contact*');
      assert.ok((await main(page).innerText()).includes('0331 234 567'), 'old numbers become new');

      const picture = await page.request.get(`${mine}/ticket.png`);
      assert.equal(picture.headers()['content-type'], 'image/png');
      assert.deepEqual([...(await picture.body()).subarray(1, 4)], [0x50, 0x4e, 0x47]);

      await page.locator('a[href$="/substitute"]').click();
      await stopAt(page, 'substitute', way);
      const instead = somebody();
      await page.locator('[name=full_name]').fill(instead);
      await send(page);
      await page.locator('.error-summary').waitFor();
      assert.equal(await page.locator('[name=full_name]').inputValue(), instead);
      await page.locator('[name=role]').selectOption('manager');
      await send(page);
      await page.waitForURL('**done=named*');
      await counts(page.locator('.ticket__code'), 0, 'the old code is of no use');
      await stopAt(page, 'passed-on', way);
      const theirs = await page.locator('#address').inputValue();
      assert.notEqual(theirs, page.url().split('?')[0]);
      await open(page, theirs);
      assert.ok((await main(page).innerText()).includes(instead));
      await page.locator('.ticket__code').waitFor();
      await stopAt(page, 'substituted', way);
    }));

    test('a lost link', () => house.visit(way, async (page) => {
      await open(page, `/workshops/${workshops.open}`);
      await main(page).locator('a[href="/my"]').click();
      await page.locator('[name=email]').fill('lienhe');
      await send(page);
      await page.locator('.error-summary').waitFor();
      await stopAt(page, 'lost-problem', way);
      await page.locator('[name=email]').fill('nobody-at-all@example.com');
      await send(page);
      await page.waitForURL('**/my?done=sent');
      await stopAt(page, 'lost-sent', way);
    }));
  });
}

suite('questions', () => {
  test('an organiser asks, a registrant answers without JavaScript, the organiser reads it', async () => {
    const manage = `/manage/workshops/${workshops.open}/questions`;
    await house.visit({ as: 'organizer', width: 'phone' }, async (page) => {
      await open(page, manage);
      await stopAt(page, 'questions-empty', { js: true, lang: 'vi', width: 'phone' });
      await page.locator('[name=label_vi]').fill('Anh/Chị ăn chay không?');
      await page.locator('[name=question_kind][value=one]').check();
      await page.locator('[name=choices_vi]').fill('Có');
      await page.locator('[name=required]').check();
      await send(page);
      await page.locator('.error-summary a[href="#choices_vi"]').waitFor();
      await stopAt(page, 'questions-problem', { js: true, lang: 'vi', width: 'phone' });
      await page.locator('[name=choices_vi]').fill('Có\nKhông');
      await send(page);
      await page.waitForURL('**done=added');
      await page.locator('[name=label_vi]').fill('Mức hỗ trợ');
      await page.locator('[name=internal]').check();
      await send(page);
      await page.waitForURL('**done=added');
      await stopAt(page, 'questions', { js: true, lang: 'vi', width: 'phone' });
    });
    const person = somebody();
    await house.visit({ js: false, width: 'phone' }, async (page) => {
      await open(page, `/workshops/${workshops.open}/register`);
      await page.locator('[name=full_name]').fill(person);
      await page.locator('[name=phone]').fill('0959 333 001');
      await page.locator('[name=role][value=owner]').check();
      await page.locator('[name=establishment]').fill('CSSX Năm Lúa');
      await page.locator('[name=locality]').fill('Giồng Trôm');
      await page.locator('[name=consent_reporting]').check();
      await counts(page.getByText('Mức hỗ trợ'), 0, 'an internal question is shown');
      await send(page);
      const problem = page.locator('.error-summary a');
      assert.match(await problem.innerText(), /ăn chay/);
      await shoot(page, 'registrant-question-problem-vi-phone');
      await page.getByLabel('Không', { exact: true }).check();
      await send(page);
      await page.waitForURL('**/my/*');
      await page.locator('a[href$="/answers"]').click();
      assert.ok(await page.getByLabel('Không', { exact: true }).isChecked());
      await page.getByLabel('Có', { exact: true }).check();
      await send(page);
      await page.waitForURL('**done=answers*');
    });
    // A colleague answers for nobody: each is reminded on the own page.
    await house.visit({ width: 'desktop', lang: 'en' }, async (page) => {
      await registerGroup(page, [somebody()]);
      await page.locator('.members a[href^="/my/"]').click();
      await stopAt(page, 'question-reminder', { js: true, lang: 'en', width: 'desktop' });
      await page.locator('.notice a[href$="/answers"]').click();
      await stopAt(page, 'answers', { js: true, lang: 'en', width: 'desktop' });
    });
    await house.visit({ as: 'organizer', lang: 'en' }, async (page) => {
      await open(page, manage);
      await stopAt(page, 'questions', { js: true, lang: 'en', width: 'desktop' });
      await page.locator('tbody a').first().click();
      await stopAt(page, 'question-edit', { js: true, lang: 'en', width: 'desktop' });
      await page.locator('summary').click();
      await page.locator('.button--danger').click();
      await page.waitForURL('**done=removed');
    });
  });
});
