import type { Finding } from '../../template/review/findings.ts';
import type { Template } from '../../template/template.ts';
import { json, printable } from '../../text.ts';
import type { Style } from '../style.ts';
import { wrapped } from '../wrap.ts';

export interface ReviewFacts {
  readonly source: string;
  /** Of the template's bytes, in hex. */
  readonly sha256: string;
  readonly capabilities: readonly { readonly name: string; readonly why: string }[];
  readonly template: Template;
  /** The parameters that would be sent, and who says what each is. */
  readonly values: Readonly<Record<string, string>>;
  readonly origins: Readonly<Record<string, string>>;
  readonly findings: readonly Finding[];
}

/** `review --json`. Secrets are masked. */
export const reviewDocument = ({
  source,
  sha256,
  capabilities,
  template,
  values,
  origins,
  findings,
}: ReviewFacts): string =>
  json({
    schema: 'spot-cur/review@1',
    source: printable(source),
    sha256,
    capabilities,
    parameters: Object.entries(template.parameters).map(([key, { noEcho, default: fallback }]) => ({
      key,
      value: noEcho ? '****' : (values[key] ?? fallback),
      from: origins[key] ?? (fallback === undefined ? 'missing' : 'default'),
    })),
    resources: Object.entries(template.resources).map(([id, { type }]) => ({ id, type })),
    findings,
  });

/** A review as a person reads it: what it would create, then what was found, the worst first. */
export const reviewView = (facts: ReviewFacts, style: Style, columns: number): string => {
  const { source, sha256, capabilities, template, findings } = facts;
  const paint = { alarm: style.bad, warning: style.warning, note: style.faint };
  const count = (level: Finding['level']) => findings.filter((each) => each.level === level).length;
  return [
    wrapped(style.strong(printable(source)), columns),
    `SHA-256 ${sha256}`,
    '',
    style.heading('It would create'),
    ...Object.entries(template.resources).map(([id, { type }]) => `  ${printable(id)} (${printable(type)})`),
    '',
    style.heading('It asks for'),
    ...(capabilities.length > 0
      ? capabilities.map(({ name, why }) => wrapped(`${printable(name)}, because ${printable(why)}`, columns, 2))
      : ['  no capabilities']),
    '',
    style.heading(`Alarms: ${count('alarm')}, warnings: ${count('warning')}, notes: ${count('note')}`),
    ...findings.flatMap(({ level, title, evidence, advice, id }) => [
      wrapped(`${paint[level](level)}  ${printable(title)}`, columns, 2),
      wrapped(printable(evidence), columns, 4),
      ...(level === 'note' ? [] : [wrapped(printable(advice), columns, 4)]),
      ...(level === 'alarm' ? [`    --accept-risk ${id}`] : []),
    ]),
  ].join('\n');
};
