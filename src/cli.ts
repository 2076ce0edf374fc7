import { Command, CommanderError } from 'commander';
import { type Commands, flagsOf, general, type Raw, walkOptions } from './command-line.ts';
import { Problem } from './errors.ts';
import {
  collect,
  exitCodes,
  forceUnlockOf,
  formatOf,
  portOf,
  withAccess,
  withAnswers,
  withBasics,
  withNames,
  withOutput,
  withRemoval,
  withWalk,
} from './flags.ts';

/** Streams for help; problems are thrown. */
export interface CliOutput {
  readonly out: (text: string) => void;
}

/**
 * Reads the command line and runs what it names. @returns the exit code
 * @throws Problem (usage) for what it does not understand
 */
export const runCli = async (
  argv: readonly string[],
  version: string,
  commands: Commands,
  output: CliOutput,
): Promise<number> => {
  let exitCode = 0;
  const program = build(version, commands, output, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv.length === 0 ? ['--help'] : [...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    const known = program.commands.some((each) => each.name() === argv[0]);
    throw new Problem(sentence(error.message), [`See: spot-cur ${known ? `${argv[0]} ` : ''}--help`], 'usage');
  }
  return exitCode;
};

/** commander's words as a sentence. */
const sentence = (message: string): string => {
  const text = message.replace(/^error: /, '').replace(/\n/g, ' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!)]$/.test(text) ? '' : '.'}`;
};

const build = (version: string, commands: Commands, { out }: CliOutput, done: (code: number) => void): Command => {
  const program = new Command('spot-cur')
    .description("Connects an AWS management account's billing to Spot: the report, the crawler and the extractor.")
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: false, sortSubcommands: false })
    .showSuggestionAfterError()
    .configureOutput({ writeOut: out, writeErr: () => {}, outputError: () => {} })
    .exitOverride()
    .addHelpText('after', '\nFirst try it without an account: spot-cur rehearse\nExit codes: spot-cur help exit-codes');

  const command = (name: string, summary: string) => {
    const made = program.command(name).description(summary).exitOverride();
    made.configureOutput({ writeOut: out, writeErr: () => {}, outputError: () => {} }).showSuggestionAfterError();
    return made;
  };

  withWalk(withAnswers(withAccess(command('setup', 'connect a customer: asks, plans, does what can be done today'))))
    .argument('[customer]', 'a short name for the customer, such as acme')
    .action(async (customer: string | undefined, raw: Raw) =>
      done(await commands.setup(walkOptions(customer, raw), general(raw))),
    );
  withWalk(withAnswers(withAccess(command('resume', 'go on with a connection after a wait'))))
    .argument('[customer]', "the customer's name; the only one there is when left away")
    .action(async (customer: string | undefined, raw: Raw) =>
      done(await commands.resume(walkOptions(customer, raw), general(raw))),
    );
  withOutput(
    withAccess(
      command('status', 'show how far a connection is; looks, never writes')
        .option('--watch', 'look again every 30 seconds until all is ready')
        .option('--exit-code', 'exit with 8 while it is not ready'),
    ),
  )
    .argument('[customer]', "the customer's name; all of them when left away")
    .action(async (customer: string | undefined, raw: Raw) =>
      done(
        await commands.status(
          {
            customer,
            flags: flagsOf(raw),
            json: raw.json === true,
            watch: raw.watch === true,
            exitCode: raw.exitCode === true,
          },
          general(raw),
        ),
      ),
    );
  withOutput(
    withAccess(
      command('handover', 'print or open the message for Spot, written again where that is needed')
        .option('--format <format>', 'what to print: text, eml or json', 'text')
        .option('--open', 'open the draft in your mail program')
        .option('--reminder', 'print a reminder for Spot instead, once the message was sent')
        .option('--fresh', 'write it anew with the crawler-cfn.yml that AWS delivers now'),
    ),
  )
    .argument('[customer]', "the customer's name; the only one there is when left away")
    .action(async (customer: string | undefined, raw: Raw) => {
      const { format, ...flags } = flagsOf(raw);
      done(
        await commands.handover(
          {
            customer,
            flags,
            json: raw.json === true,
            format: formatOf(raw.json === true ? 'json' : String(format)),
            open: raw.open === true,
            reminder: raw.reminder === true,
            fresh: raw.fresh === true,
          },
          general(raw),
        ),
      );
    });
  withOutput(withNames(withAccess(command('doctor', 'look for what would fail; writes nothing'))))
    .argument('[customer]', "the customer's name; none is needed")
    .action(async (customer: string | undefined, raw: Raw) =>
      done(await commands.doctor({ customer, flags: flagsOf(raw), json: raw.json === true }, general(raw))),
    );
  withOutput(
    withNames(
      withAccess(
        command('policy', 'print the least IAM policy for this work')
          .option('--phase <phase>', 'status, setup, extractor or remove; may be repeated', collect)
          .option('--delete-data', 'with the rights that remove --delete-data takes')
          .option('--link <link>', "Spot's link, whose template the extractor's part comes from"),
      ),
    ),
  )
    .argument('[customer]', "the customer's name; none is needed")
    .action(async (customer: string | undefined, raw: Raw) => {
      const { phase = [], ...flags } = flagsOf(raw);
      done(
        await commands.policy(
          { customer, flags, json: true, phases: [phase].flat(), deleteData: raw.deleteData === true },
          general(raw),
        ),
      );
    });
  withOutput(
    withAccess(
      command('review', 'show what a link or template would create and grant; deploys nothing')
        .option('--customer <name>', 'compare with this connection')
        .option('--accept-risk <finding id>', 'accept an alarm; may be repeated', collect)
        .option('--param <key=value>', 'value for a parameter of the template; may be repeated', collect),
    ),
  )
    .argument('<source>', "Spot's link in quotes, a template file, or an s3:// address")
    .action(async (source: string, raw: Raw) => {
      const { customer, ...flags } = flagsOf(raw);
      const named = typeof customer === 'string' ? customer : undefined;
      done(await commands.review({ source, customer: named, flags, json: raw.json === true }, general(raw)));
    });
  withOutput(command('history', 'show each change: when, who, what, and how it ended; asks AWS nothing'))
    .argument('[customer]', "the customer's name; all of them when left away")
    .action(async (customer: string | undefined, raw: Raw) =>
      done(await commands.history({ customer, flags: {}, json: raw.json === true }, general(raw))),
    );
  withOutput(
    withAccess(
      withRemoval(
        command('remove', 'take back what this program has created; billing data stays unless told otherwise'),
      ),
    ),
  )
    .argument('[customer]', "the customer's name; the only one there is when left away")
    .action(async (customer: string | undefined, raw: Raw) => {
      // The id of a lock is no answer.
      const { confirm, 'force-unlock': _, ...flags } = flagsOf(raw);
      done(
        await commands.remove(
          {
            customer,
            flags,
            json: raw.json === true,
            dryRun: raw.dryRun === true,
            deleteData: raw.deleteData === true,
            confirm: typeof confirm === 'string' ? confirm : undefined,
            forceUnlock: forceUnlockOf(raw),
          },
          general(raw),
        ),
      );
    });
  withOutput(
    withAnswers(
      command('rehearse', 'play the whole procedure against a simulated AWS; no account, nothing real')
        .option('--yes', 'agree to all plans and take all proposals')
        .option('--scene <name>', 'in an account with trouble of this kind')
        .option('--list', 'list the scenes'),
    ),
  ).action(async (raw: Raw) => {
    const { flags, ...walk } = walkOptions(undefined, raw);
    const { scene, ...rest } = flags;
    const named = typeof scene === 'string' ? scene : undefined;
    done(await commands.rehearse({ ...walk, flags: rest, scene: named, list: raw.list === true }, general(raw)));
  });
  withBasics(
    command('simulate', 'serve the simulated AWS on a local port, for any client')
      .option('--port <number>', 'port on 127.0.0.1; 0 picks a free one', '4600')
      .option('--scene <name>', 'in an account with trouble of this kind; see spot-cur rehearse --list'),
  ).action(async (raw: Raw) => {
    const scene = typeof raw.scene === 'string' ? raw.scene : undefined;
    done(await commands.simulate({ port: portOf(String(raw.port)), scene }, general(raw)));
  });
  command('help', 'show help for a command, or for exit-codes')
    .argument('[topic]')
    .action((topic: string | undefined) => {
      if (topic === 'exit-codes') return out(exitCodes);
      const known = program.commands.find((each) => each.name() === topic);
      if (topic !== undefined && !known)
        throw new Problem(`There is no help on ${JSON.stringify(topic)}.`, ['See: spot-cur --help'], 'usage');
      out((known ?? program).helpInformation());
    });
  return program;
};
