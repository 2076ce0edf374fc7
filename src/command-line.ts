import type {
  ConnectionOptions,
  HandoverOptions,
  PolicyOptions,
  RehearseOptions,
  RemoveOptions,
  ReviewOptions,
  SimulateOptions,
  StatusOptions,
  WalkCommandOptions,
} from './commands/options.ts';
import { forceUnlockOf } from './flags.ts';

/** What commander has read, by its own names. */
export type Raw = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

/** Options that shape the run as a whole. */
export interface GeneralOptions {
  readonly home?: string | undefined;
  readonly endpointUrl?: string | undefined;
  readonly wait: boolean;
  readonly verbose: boolean;
  readonly json: boolean;
  readonly input: boolean;
  readonly color: boolean;
  readonly accessible: boolean;
}

/** What the command line names; each loads its command only when it is run and gives back the exit code. */
export interface Commands {
  setup(options: WalkCommandOptions, general: GeneralOptions): Promise<number>;
  resume(options: WalkCommandOptions, general: GeneralOptions): Promise<number>;
  status(options: StatusOptions, general: GeneralOptions): Promise<number>;
  doctor(options: ConnectionOptions, general: GeneralOptions): Promise<number>;
  policy(options: PolicyOptions, general: GeneralOptions): Promise<number>;
  handover(options: HandoverOptions, general: GeneralOptions): Promise<number>;
  history(options: ConnectionOptions, general: GeneralOptions): Promise<number>;
  remove(options: RemoveOptions, general: GeneralOptions): Promise<number>;
  review(options: ReviewOptions, general: GeneralOptions): Promise<number>;
  rehearse(options: RehearseOptions, general: GeneralOptions): Promise<number>;
  simulate(options: SimulateOptions, general: GeneralOptions): Promise<number>;
}

/** What shapes the run as a whole. */
export const general = (raw: Raw): GeneralOptions => {
  const text = (value: Raw[string]) => (typeof value === 'string' ? value : undefined);
  return {
    home: text(raw.home),
    endpointUrl: text(raw.endpointUrl),
    wait: raw.wait === true,
    verbose: raw.verbose === true,
    json: raw.json === true,
    input: raw.input !== false,
    color: raw.color !== false,
    accessible: raw.accessible === true,
  };
};

/** What a walk is given. */
export const walkOptions = (customer: string | undefined, raw: Raw): WalkCommandOptions => ({
  customer,
  flags: flagsOf(raw),
  answersFile: typeof raw.answers === 'string' ? raw.answers : undefined,
  json: raw.json === true,
  yes: raw.yes === true,
  dryRun: raw.dryRun === true,
  sent: raw.sent === true,
  restoreNotifications: raw.restoreNotifications === true,
  forceUnlock: forceUnlockOf(raw),
});

/** Texts by field id: commander's camel case back to the flag's own name. */
export const flagsOf = (raw: Raw): Record<string, string | readonly string[]> =>
  Object.fromEntries(
    Object.entries(raw).flatMap(([key, value]) =>
      typeof value === 'string' || Array.isArray(value)
        ? [[key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), value]]
        : [],
    ),
  );
