import { ServiceError } from '../../service.ts';
import { xmlElements, xmlText } from '../../xml-read.ts';

const kinds = ['CloudFunctionConfiguration', 'QueueConfiguration', 'TopicConfiguration'] as const;

/** One entry of a bucket's notifications: what happens to which keys. */
interface Notification {
  readonly id: string;
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

/** Throws what S3 answers to notifications that it can't take; `inner` stands inside `<NotificationConfiguration>`. */
export const checkNotifications = (inner: string): void => {
  const all = kinds.flatMap((kind) => xmlElements(inner, kind)).map(notificationOf);
  all.forEach((one, index) => {
    if (one.events.length === 0) throw new ServiceError('MalformedXML', 'The XML you provided was not well-formed');
    const rest = all.slice(index + 1);
    if (one.id !== '' && rest.some(({ id }) => id === one.id)) {
      throw new ServiceError('InvalidArgument', 'Same ID used for multiple configurations. IDs must be unique');
    }
    if (rest.some((other) => overlap(one, other))) {
      const rule = 'Configurations on the same bucket cannot share a common event type.';
      throw new ServiceError('InvalidArgument', `Configurations overlap. ${rule}`);
    }
  });
};

const notificationOf = (entry: string): Notification => {
  const filter = (name: string): string => {
    const rule = xmlElements(entry, 'FilterRule').find((each) => xmlText(each, 'Name')?.toLowerCase() === name);
    return (rule && xmlText(rule, 'Value')) ?? '';
  };
  return {
    id: xmlText(entry, 'Id') ?? '',
    events: xmlElements(entry, 'Event').map((event) => event.trim()),
    prefix: filter('prefix'),
    suffix: filter('suffix'),
  };
};

/** Two entries overlap when some object could set off both by one kind of event. */
const overlap = (a: Notification, b: Notification): boolean =>
  a.events.some((event) => b.events.some((other) => covers(event, other) || covers(other, event))) &&
  (a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix)) &&
  (a.suffix.endsWith(b.suffix) || b.suffix.endsWith(a.suffix));

/** `s3:ObjectCreated:*` covers `s3:ObjectCreated:Put`. */
const covers = (event: string, other: string): boolean =>
  event === other || (event.endsWith(':*') && other.startsWith(event.slice(0, -1)));
