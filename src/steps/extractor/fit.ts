import type { Stack } from '../../aws/stacks.ts';
import type { QuickCreateLink } from '../../template/quick-create-link.ts';
import { quoted } from '../../text.ts';
import type { Settings } from './settings.ts';

/** A parameter of a stack that stands: what it is, what it would be by this, and who says so. */
export interface ParameterDifference {
  readonly key: string;
  readonly is: string;
  readonly hasToBe: string;
  readonly says: 'link' | 'you' | 'report';
}

/** What NoEcho parameters are shown as. */
const hidden = /^\*+$/;

/** Which parameters of a standing extractor are not what link, answers and report say now. Secrets can't be compared. */
export const parameterDifferences = (
  { parameters }: Stack,
  link: Pick<QuickCreateLink, 'parameters'> | undefined,
  settings: Pick<Settings, 'prefix' | 'account-list'>,
): readonly ParameterDifference[] => {
  const linked = Object.entries(link?.parameters ?? {}).map(([key, value]) => ({ key, value, says: 'link' as const }));
  const known = (name: string) => !linked.some(({ key }) => key === name);
  const said = [
    ...linked,
    ...(known('CURPrefixName') ? [{ key: 'CURPrefixName', value: settings.prefix, says: 'report' as const }] : []),
    ...(known('AccountList') && settings['account-list'] !== undefined
      ? [{ key: 'AccountList', value: settings['account-list'], says: 'you' as const }]
      : []),
  ];
  return said.flatMap(({ key, value, says }) => {
    const is = Object.hasOwn(parameters, key) ? parameters[key] : undefined;
    return is === undefined || is === value || hidden.test(is) ? [] : [{ key, is, hasToBe: value, says }];
  });
};

const sources = { link: 'by the link', you: 'by your answer', report: 'by the report' };

export const differenceLine = ({ key, is, hasToBe, says }: ParameterDifference): string =>
  `${quoted(key).slice(1, -1)}: is ${quoted(is)}, has to be ${quoted(hasToBe)} ${sources[says]}`;
