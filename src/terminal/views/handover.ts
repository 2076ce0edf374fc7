import { json, printable } from '../../text.ts';
import type { Style } from '../style.ts';
import { commandWhole, wrapped } from '../wrap.ts';
import { when } from './times.ts';

/** The message for Spot, or a reminder of it, with how things stand around it. Times in ms. */
export interface HandoverFacts {
  readonly customer: string;
  readonly kind: 'message' | 'reminder';
  readonly to: string | undefined;
  readonly subject: string;
  readonly body: string;
  readonly eml: string;
  readonly text: string;
  readonly attachment: { readonly path: string; readonly sha256: string };
  /** When this very message was sent. */
  readonly sentAt: number | undefined;
  /** When another message than this one was sent last: it has changed since. */
  readonly otherSentAt: number | undefined;
  readonly expectedBy: number | undefined;
  /** Spot's link is known already. */
  readonly answered: boolean;
  /** The extractor stands: nothing is left to do. */
  readonly deployed: boolean;
  /** The file that AWS delivers now, against the attached one. */
  readonly delivery: Delivery;
  /** Whether the desktop shows the draft, or why it can't; undefined where nobody asked for it. */
  readonly shown: { readonly open: boolean; readonly why?: string | undefined } | undefined;
}

export type Delivery =
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'same' }
  | {
      readonly kind: 'changed';
      readonly sha256: string;
      readonly reason: string;
      readonly details: readonly string[];
      readonly advice: readonly string[];
    }
  | { readonly kind: 'unknown'; readonly reason: string; readonly advice: readonly string[] };

const iso = (ms: number): string => new Date(ms).toISOString();

/** The document of `handover --format json`. */
export const handoverDocument = (facts: HandoverFacts, now: number): string => {
  const { customer, kind, to, subject, body, eml, text, attachment, sentAt, otherSentAt, expectedBy } = facts;
  return json({
    schema: 'spot-cur/handover@1',
    customer,
    kind,
    ...(to !== undefined && { to }),
    subject,
    body,
    eml,
    text,
    attachment,
    ...(sentAt !== undefined && { sentAt: iso(sentAt) }),
    ...(otherSentAt !== undefined && { otherSentAt: iso(otherSentAt) }),
    ...(expectedBy !== undefined && { expectedBy: iso(expectedBy) }),
    overdue: isOverdue(facts, now),
    answered: facts.answered,
    delivery: deliveryDocument(facts.delivery),
    ...(facts.shown && { opened: facts.shown.open }),
    ...(facts.shown?.why !== undefined && { notOpened: facts.shown.why }),
  });
};

const deliveryDocument = (delivery: Delivery) => {
  switch (delivery.kind) {
    case 'not-asked':
    case 'same':
      return { state: delivery.kind };
    case 'changed':
      return { state: delivery.kind, sha256: delivery.sha256, advice: delivery.advice };
    case 'unknown':
      return { state: delivery.kind, reason: delivery.reason };
  }
};

/** What a person needs beside the message itself: to whom, where the draft lies, how it stands and what comes next. */
export const handoverNotes = (facts: HandoverFacts, now: number, style: Style, columns: number): string => {
  const prose = (text: string) => wrapped(text, columns);
  const warned = (warning: string, details: readonly string[], advice: readonly string[]) => [
    prose(style.warning(`! ${printable(warning)}`)),
    ...details.map((line) => `    ${line}`),
    ...advice.map((text) => wrapped(`- ${commandWhole(printable(text))}`, columns, 2)),
  ];
  return [
    [
      `To:       ${facts.to ?? '(Spot Support: fill in their address)'}`,
      `Subject:  ${facts.subject}`,
      `Draft:    ${facts.eml}`,
    ],
    notOpened(facts, warned),
    notTheSame(facts.delivery, warned),
    standing(facts, now).map((text) => prose(commandWhole(text))),
  ]
    .filter((block) => block.length > 0)
    .map((block) => `\n${block.join('\n')}`)
    .join('\n');
};

type Warned = (warning: string, details: readonly string[], advice: readonly string[]) => readonly string[];

const notOpened = ({ shown, customer, kind }: HandoverFacts, warned: Warned): readonly string[] => {
  if (shown?.why === undefined) return [];
  const again = `spot-cur handover ${customer}${kind === 'reminder' ? ' --reminder' : ''} --format eml > draft.eml`;
  return warned(
    `The draft could not be opened: ${shown.why}.`,
    [],
    [
      'Open it in your mail program where there is a desktop; the file is attached to it already.',
      `Or take it with you: ${again}`,
    ],
  );
};

const notTheSame = (delivery: Delivery, warned: Warned): readonly string[] => {
  switch (delivery.kind) {
    case 'not-asked':
    case 'same':
      return [];
    case 'changed':
      return warned(delivery.reason, delivery.details, delivery.advice);
    case 'unknown':
      return warned(
        `Could not look whether AWS still delivers the same crawler-cfn.yml. ${delivery.reason}`,
        [],
        delivery.advice,
      );
  }
};

const isOverdue = ({ expectedBy, answered }: HandoverFacts, now: number): boolean =>
  expectedBy !== undefined && !answered && now > expectedBy;

const standing = (facts: HandoverFacts, now: number): readonly string[] => {
  const { customer, kind, sentAt, otherSentAt, expectedBy, answered, shown } = facts;
  if (answered)
    return [
      "Spot's link has come already: nothing has to be sent any more.",
      facts.deployed
        ? `The extractor stands. How it is: spot-cur status ${customer}`
        : `Go on: spot-cur resume ${customer}`,
    ];
  if (kind === 'reminder')
    return [
      ...(expectedBy !== undefined && now <= expectedBy
        ? [`Spot names 48 to 72 hours, which last until ${when(expectedBy, now)}: you may be early.`]
        : []),
      `When the link has come: spot-cur resume ${customer} --link '<link>'`,
    ];
  if (sentAt !== undefined)
    return [
      `This message was sent on ${when(sentAt, now)}.`,
      isOverdue(facts, now)
        ? `The link takes longer than the 72 hours that Spot names. Remind them: spot-cur handover ${customer} --reminder`
        : `When Spot's link has come: spot-cur resume ${customer} --link '<link>'`,
    ];
  return [
    ...(otherSentAt !== undefined
      ? [`The message has changed since it was sent on ${when(otherSentAt, now)}, and has to be sent again.`]
      : []),
    `${shown?.open ? 'Your mail program shows the draft. ' : ''}When it is sent: spot-cur resume ${customer} --sent`,
  ];
};
