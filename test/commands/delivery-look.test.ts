import { expect, test } from 'vitest';
import { lookAtDelivery } from '../../src/commands/delivery-look.ts';
import { Cancelled, Problem } from '../../src/errors.ts';
import { interrupt } from '../../src/interrupt.ts';
import type { Session } from '../../src/session.ts';
import { composeMessage } from '../../src/steps/athena/compose.ts';
import { acme } from '../state/acme.ts';
import { scriptedTerminal } from '../support/scripted-terminal.ts';

const answers = {
  bucket: 'b',
  prefix: 'p',
  'stack-name': 's',
  'spot-org-id': ['60012345'],
  'msp-account': '999988887777',
};
const state = { ...acme, answers };

/** The look, where connecting to AWS ends with this. */
const look = (thrown: unknown, interrupted = interrupt()) => {
  const session = {
    terminal: scriptedTerminal(undefined),
    interrupt: interrupted,
    connect: async () => {
      throw thrown;
    },
  } as unknown as Session;
  return lookAtDelivery(session, { state, access: {} }, composeMessage(state, Buffer.from('Resources: {}')));
};

test('credentials that are not there are told with what to do', async () => {
  const problem = new Problem('There are no credentials.', ['Get some.'], 'credentials');
  expect(await look(problem)).toEqual({ kind: 'unknown', reason: problem.message, advice: problem.advice });
});

test('whoever leaves when asked for a code leaves the look alone', async () => {
  expect(await look(new Cancelled())).toMatchObject({ kind: 'unknown' });
});

test('Ctrl-C ends the run, and a bug stays one', async () => {
  const interrupted = interrupt();
  interrupted.raise();
  await expect(look(new Cancelled(), interrupted)).rejects.toThrow(Cancelled);
  await expect(look(new TypeError('x is not a function'))).rejects.toThrow(TypeError);
});
