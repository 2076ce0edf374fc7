import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Cancelled } from '../../src/errors.ts';
import { consoleTerminal } from '../../src/terminal/console.ts';
import { decideTerminal, type TerminalMode } from '../../src/terminal/environment.ts';
import { style } from '../../src/terminal/style.ts';

const nowhere = decideTerminal({ env: {}, stdinTTY: false, stdoutTTY: false, stderrTTY: false, flags: {} });
const hostile = 'a\u001b]0;title\u0007b\u009b2Jc\u202ed\u200be\u001b[2J\u001b[1;1Hf\rg\u0008\u001b[8mh';

const collecting = () => {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  return { stream, text: () => text };
};

/** A heart that beats when it is told to. */
const heart = () => {
  const beats = new Set<() => void>();
  return {
    every: (_ms: number, beat: () => void) => {
      beats.add(beat);
      return () => beats.delete(beat);
    },
    beat: () => {
      for (const beat of beats) beat();
    },
    stopped: () => beats.size === 0,
  };
};

const fake = (mode: Partial<TerminalMode> = {}) => {
  const stdin = new PassThrough();
  const stdout = collecting();
  const stderr = collecting();
  const heartbeats = heart();
  const streams = { stdin, stdout: stdout.stream, stderr: stderr.stream };
  const terminal = consoleTerminal(streams, { ...nowhere, ...mode }, heartbeats);
  return { terminal, stdin, stdout, stderr, heartbeats };
};

describe('without a terminal', () => {
  test('messages and results go their ways, each with a line break', () => {
    const { terminal, stdout, stderr } = fake();
    terminal.say('hello');
    terminal.say('');
    terminal.result('{}');
    terminal.result('two\nlines\n');
    expect(stderr.text()).toBe('hello\n\n');
    expect(stdout.text()).toBe('{}\ntwo\nlines\n');
  });

  test('a file goes to stdout byte for byte, and to a terminal as text that can not steer it', () => {
    const chunks: Buffer[] = [];
    const stream = new Writable({
      write(chunk, _encoding, done) {
        chunks.push(Buffer.from(chunk));
        done();
      },
    });
    const content = Buffer.from('a\r\nb\u001b]0;title\u0007\0\xff', 'latin1');
    const streams = { stdin: new PassThrough(), stdout: stream, stderr: collecting().stream };
    consoleTerminal(streams, nowhere).bytes(content);
    expect(Buffer.concat(chunks)).toEqual(content);
    chunks.length = 0;
    consoleTerminal({ ...streams, stdout: Object.assign(stream, { isTTY: true }) }, nowhere).bytes(content);
    expect(Buffer.concat(chunks).toString()).toBe('a\nb\ufffd\n');
  });

  test('no text can steer a terminal, whatever way it takes', () => {
    const { terminal, stdout, stderr } = fake();
    terminal.say(hostile);
    terminal.result(hostile);
    const progress = terminal.progress(hostile);
    progress.note(hostile);
    progress.update(`${hostile} again`);
    progress.fail(`${hostile}!`);
    expect(stdout.text()).toBe('abcdef gh\n');
    expect(stderr.text()).toBe('abcdef gh\nabcdef gh\nabcdef gh\nabcdef gh again\nabcdef gh!\n');
  });

  test('our own colours are left out as well', () => {
    const { terminal, stderr } = fake();
    terminal.say(style(true).bad('red'));
    expect(stderr.text()).toBe('red\n');
  });

  test('progress is a line for each change and a heartbeat', () => {
    const { terminal, stderr, heartbeats } = fake();
    const progress = terminal.progress('Creating the stack');
    progress.update('Creating the stack');
    heartbeats.beat();
    progress.update('Waiting for the crawler');
    heartbeats.beat();
    heartbeats.beat();
    progress.done('The stack is there.');
    heartbeats.beat();
    expect(stderr.text().split('\n')).toEqual([
      'Creating the stack',
      'Creating the stack (still, after 30 s)',
      'Waiting for the crawler',
      'Waiting for the crawler (still, after 1 min)',
      'Waiting for the crawler (still, after 1 min 30 s)',
      'The stack is there.',
      '',
    ]);
  });

  test.each(['clear', 'close', 'next'] as const)('%s ends progress without a word', (way) => {
    const { terminal, stderr, heartbeats } = fake();
    const progress = terminal.progress('Looking');
    if (way === 'clear') progress.clear();
    if (way === 'close') terminal.close();
    if (way === 'next') terminal.progress('Next').clear();
    expect(heartbeats.stopped()).toBe(true);
    expect(stderr.text()).toBe(way === 'next' ? 'Looking\nNext\n' : 'Looking\n');
  });

  test('a question is refused at once', async () => {
    const { terminal } = fake();
    await expect(terminal.ask({ id: 'bucket', message: 'Which?', check: () => undefined })).rejects.toThrow('"bucket"');
    await expect(terminal.confirm({ id: 'go', message: 'Go?', proposal: true })).rejects.toThrow('"go"');
    await expect(terminal.choose({ id: 'one', message: 'One?', choices: [] })).rejects.toThrow('"one"');
  });
});

describe('with colour', () => {
  test('only our own colours pass', () => {
    const { terminal, stdout, stderr } = fake({ colour: true });
    const red = style(true).bad('red');
    terminal.say(`${red} ${hostile}`);
    terminal.result(red);
    expect(stderr.text()).toBe(`${red} abcdef gh\n`);
    expect(stdout.text()).toBe('red\n');
  });

  test.each(Object.entries(style(true)))('%s passes', (_, paint) => {
    const { terminal, stdout } = fake({ resultColour: true });
    terminal.result(paint('text'));
    expect(stdout.text()).toBe(`${paint('text')}\n`);
  });
});

describe('when the reader has gone', () => {
  const failing = (code: string) => {
    const attempts: string[] = [];
    const stream = new Writable({
      autoDestroy: false,
      write(chunk, _encoding, done) {
        attempts.push(String(chunk));
        done(Object.assign(new Error(code), { code }));
      },
    });
    return { stream, attempts };
  };

  test('nothing crashes and nothing more is written', async () => {
    const pipe = failing('EPIPE');
    const terminal = consoleTerminal(
      { stdin: new PassThrough(), stdout: pipe.stream, stderr: collecting().stream },
      nowhere,
    );
    terminal.result('first');
    await new Promise(setImmediate);
    terminal.result('second');
    expect(pipe.attempts).toEqual(['first\n']);
  });

  test('a full disk is not taken for a reader that has gone', () => {
    const disk = failing('ENOSPC');
    consoleTerminal({ stdin: new PassThrough(), stdout: disk.stream, stderr: collecting().stream }, nowhere);
    const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
    expect(() => disk.stream.emit('error', full)).toThrow('Not all that was to be printed could be written: ENOSPC.');
  });
});

describe('linear questions', () => {
  const asked = { interactive: true, linear: true };
  const link = { id: 'link', message: 'The link', check: () => undefined };

  test('the end of input is taken for leaving', async () => {
    const { terminal, stdin } = fake(asked);
    const answer = terminal.ask(link);
    stdin.end();
    await expect(answer).rejects.toThrow(Cancelled);
  });

  test('a character that arrives in pieces, and erased ones', async () => {
    const { terminal, stdin } = fake(asked);
    const answer = terminal.ask(link);
    stdin.write(Buffer.from([0x78, 0xc3]));
    stdin.write(Buffer.from([0xa4]));
    stdin.write('😀\u007f\u007f\u007f\u007fno\u0015 ä😀 \r');
    await expect(answer).resolves.toBe('ä😀');
  });

  test('hostile messages and labels are harmless', async () => {
    const { terminal, stdin, stderr } = fake(asked);
    const answer = terminal.choose({ id: 'one', message: hostile, choices: [{ value: 'a', label: hostile }] });
    stdin.write('1\n');
    await expect(answer).resolves.toBe('a');
    expect(stderr.text()).toBe('abcdef gh\n1. abcdef gh\nA number from 1 to 1: 1\n');
  });
});
