import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { promisify } from 'node:util';

const version = String(spawnSync('aws', ['--version'], { encoding: 'utf8' }).stdout ?? '');
export const awsCliInstalled = version !== '';
if (!awsCliInstalled) process.stderr.write('The AWS CLI is not installed: what it sees is not looked at.\n');
/** Version 1 is a Python module that can run many commands in one process; later ones bring a Python of their own. */
const inPython = version.startsWith('aws-cli/1.') && spawnSync('python3', ['-c', 'import awscli']).status === 0;

/** The AWS CLI in the hands of one account's engineer. */
export interface AwsCli {
  /** @throws Error with what the CLI says on stderr */
  run(...words: readonly string[]): Promise<string>;
  /** What it printed as JSON; undefined for nothing. */
  // biome-ignore lint/suspicious/noExplicitAny: the answers of every service
  ask(...words: readonly string[]): Promise<any>;
  end(): void;
}

/** One at a simulator, which listens at the port that is asked for with each call. */
export const awsCli = (account: string, home: string, port: () => number): AwsCli => {
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'unchecked',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    AWS_PAGER: '',
  };
  const { told, end } = inPython ? oneProcess(env) : aProcessEach(env);
  const run = (...words: readonly string[]) =>
    told([...words, '--endpoint-url', `http://127.0.0.1:${port()}`, '--output', 'json']);
  return {
    run,
    async ask(...words) {
      const output = await run(...words);
      return output === '' ? undefined : JSON.parse(output);
    },
    end,
  };
};

interface Teller {
  told(words: readonly string[]): Promise<string>;
  end(): void;
}

const aProcessEach = (env: NodeJS.ProcessEnv): Teller => ({
  told: async (words) => (await promisify(execFile)('aws', words, { env })).stdout,
  end: () => {},
});

const oneProcess = (env: NodeJS.ProcessEnv): Teller => {
  let started: { child: ChildProcess; lines: AsyncIterator<string> } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const start = () => {
    const child = spawn('python3', [join(import.meta.dirname, 'aws-cli.py')], {
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines: Interface = createInterface({ input: child.stdout });
    return { child, lines: lines[Symbol.asyncIterator]() };
  };
  const tell = async (words: readonly string[]): Promise<string> => {
    started ??= start();
    started.child.stdin?.write(`${JSON.stringify(words)}\n`);
    const { value, done } = await started.lines.next();
    if (done) throw new Error(`The AWS CLI ended at ${words.join(' ')}.`);
    const { code, stdout, stderr } = JSON.parse(value);
    if (code !== 0) throw new Error(`Command failed: aws ${words.join(' ')}\n${stderr}`);
    return stdout;
  };
  return {
    told: (words) => {
      const telling = last.then(() => tell(words));
      last = telling.catch(() => undefined);
      return telling;
    },
    end: () => started?.child.kill(),
  };
};
