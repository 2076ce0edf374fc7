import type { Area, Finding } from '../../doctor/finding.ts';
import type { Forewarning } from '../../doctor/for-setup.ts';
import { json, printable } from '../../text.ts';
import type { Style } from '../style.ts';
import { commandWhole, wrapped } from '../wrap.ts';
import { when } from './times.ts';

const marks = { ok: '✔', warning: '!', problem: '✖' } as const;
const paints = { ok: 'good', warning: 'warning', problem: 'bad' } as const;

/** What the eye needs. Times in ms. */
interface Look {
  readonly style: Style;
  readonly columns: number;
  readonly now: number;
}

/** Who was looked at, and what to type next. */
export interface DoctorFacts {
  readonly account: string;
  readonly areas: readonly Area[];
  /** A sentence that ends in a command. */
  readonly next: string;
}

/** All that was checked, by what it is about, and what to type next. */
export const doctorView = ({ account, areas, next }: DoctorFacts, look: Look): string => {
  const { style, columns } = look;
  const lines = [`${style.strong('Account')} ${account}  ${verdict(areas, style)}`, ''];
  for (const { title, findings } of areas)
    if (findings.length > 0) lines.push(style.heading(title), ...findings.map((each) => findingView(each, look)), '');
  lines.push(wrapped(commandWhole(next), columns));
  return lines.join('\n');
};

const verdict = (areas: readonly Area[], style: Style): string => {
  const count = (level: Finding['level'], one: string, many: string) => {
    const { length } = areas.flatMap(({ findings }) => findings).filter((finding) => finding.level === level);
    return length === 0 ? [] : [style[paints[level]](`${length} ${length === 1 ? one : many}`)];
  };
  const parts = [...count('problem', 'problem', 'problems'), ...count('warning', 'warning', 'warnings')];
  return parts.length > 0 ? parts.join(', ') : style.good('nothing in the way');
};

const findingView = ({ level, title, evidence, details = [], advice }: Finding, look: Look): string => {
  const { style, columns, now } = look;
  const mark = style[paints[level]](marks[level]);
  const seen = evidence === undefined ? '' : style.faint(` (${seenAs(evidence, now)})`);
  return [
    wrapped(`${mark} ${printable(title)}${seen}`, columns, 2),
    ...details.map((line) => style.faint(wrapped(line, columns, 6))),
    ...advice.map((text) => wrapped(`- ${commandWhole(printable(text))}`, columns, 4)),
  ].join('\n');
};

/** Times are kept in UTC and shown in the user's zone. */
const seenAs = (evidence: string, now: number): string =>
  /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(evidence) ? when(Date.parse(evidence), now) : printable(evidence);

/** What setup says of it: one line while nothing is in the way, else what stands there and what is worth knowing. */
export const forewarningView = ({ checked, well, tells }: Forewarning, look: Look): string => {
  const { style, columns } = look;
  const counted = `Checked ${checked} things about the account`;
  if (tells.length === 0)
    return !well ? `${counted}.` : wrapped(`${style.good('✔')} ${counted}: nothing is in the way.`, columns);
  const problems = tells.filter(({ level }) => level === 'problem').length;
  const parts = [
    ...(problems > 0 ? [`${problems === 1 ? 'One stands' : `${problems} stand`} in the way`] : []),
    ...(tells.length > problems ? [`${worthKnowing(tells.length - problems, problems > 0)} worth knowing`] : []),
  ];
  return [
    wrapped(`${counted}. ${parts.join(', ')}:`, columns),
    ...tells.map((finding) => findingView(finding, look)),
  ].join('\n');
};

const worthKnowing = (count: number, second: boolean): string =>
  count === 1 ? `${second ? 'one' : 'One'} is` : `${count} are`;

/** `doctor --json`. */
export const doctorDocument = (accountId: string, areas: readonly Area[]): string =>
  json({ schema: 'spot-cur/doctor@1', accountId, findings: areas.flatMap(({ findings }) => findings.map(finding)) });

const finding = ({ id, level, title, evidence, details, advice }: Finding) => ({
  id,
  level,
  title: printable(title),
  ...(evidence !== undefined && { evidence: printable(evidence) }),
  ...(details && { details: details.map(printable) }),
  advice: advice.map(printable),
});
