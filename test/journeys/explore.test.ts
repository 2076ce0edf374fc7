import { answers, journey as test } from '../support/spot-cur.ts';
test('look', async ({ atTerminal }) => {
  const t = atTerminal(['setup'], { cols: 80, rows: 24 });
  const log = (h: string) => process.stdout.write(`\n##### ${h}\n${t.screen()}\n`);
  await t.waitFor('Customer'); log('customer');
  t.type('Bad Name'); t.press('enter');
  await t.waitFor('lower-case'); log('bad');
  t.press('ctrl-u'); t.type('acme'); t.press('enter');
  await t.waitFor('Org ID'); log('org');
  t.type('60012345'); t.press('enter');
  await t.waitFor(/MSP.*account/i); log('msp');
  t.type('999988887777'); t.press('enter');
  await t.waitFor('Is this right?'); log('right');
  t.press('enter');
  await t.waitFor('Do this in account'); log('confirm');
  t.type('y'); t.press('enter');
  await t.exit; log('end');
}, 60000);
test('rehearse', async ({ atTerminal }) => {
  const t = atTerminal(['rehearse', ...answers], { cols: 80, rows: 24 });
  const log = (h: string) => process.stdout.write(`\n##### ${h}\n${t.screen()}\n`);
  await t.waitFor('Is this right?'); log('right');
  t.press('enter');
  await t.waitFor('Do this in account'); log('confirm');
  t.type('y'); t.press('enter');
  let n = 0;
  const seen = new Set<string>();
  const timer = setInterval(() => {
    const last = t.screen().split('\n').slice(-14).join('\n');
    if (/\? .*(\(y\/N\)|Is this right|if you have it|Enter)/.test(last)) {
      const key = last.slice(-300);
      if (!seen.has(key)) { seen.add(key); log('q' + n++); if (/y\/N/.test(last)) t.type('y'); t.press('enter'); }
    }
  }, 300);
  await t.exit; clearInterval(timer); log('end');
}, 60000);
