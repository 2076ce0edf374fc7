import { expect, test } from 'vitest';
import { connect, type Line } from '../../../src/aws/connect.ts';
import { simulatedRequests } from '../../../src/rehearsal.ts';
import { createSimulator } from '../../../src/simulator/handler.ts';
import { athena } from '../../../src/steps/athena/step.ts';

const acme = '111122223333';
const msp = '999988887777';
const keysOf = (accessKeyId: string) => async () => ({ accessKeyId, secretAccessKey: 'simulated' });

/** The question for the MSP's account, with these credentials behind the customer's. */
const asked = async (source: Pick<Line, 'source' | 'sourceName'>) => {
  const requests = simulatedRequests(createSimulator());
  const aws = connect({ credentials: keysOf(acme), endpoints: {}, requests, ...source });
  const caller = await aws.identity.whoAmI();
  const given = { customer: 'acme', caller, answers: {}, outputs: {}, notes: {}, provenance: {}, attempts: [] };
  const questions = await athena.ask(aws, { ...given, confirmations: async () => new Set() }, 0);
  return questions.find(({ field }) => field.id === 'msp-account');
};

test('is proposed from the credentials that the role was assumed from, by their name', async () => {
  expect(await asked({ source: keysOf(msp), sourceName: 'the profile msp' })).toMatchObject({
    proposal: msp,
    because: 'the role was assumed from the profile msp',
    required: false,
  });
  expect(await asked({ source: keysOf(msp) })).toMatchObject({ because: 'the role was assumed from there' });
});

test('is not proposed where no role was assumed, or none of another account', async () => {
  for (const source of [{}, { source: keysOf(acme), sourceName: 'the profile acme' }]) {
    const question = await asked(source);
    expect(question).toMatchObject({ required: true, proposal: undefined });
    expect(question).not.toHaveProperty('because');
  }
});

test('is asked for where the source can not be told', async () => {
  const source = async () => {
    throw new Error('The source asks for a code of its own.');
  };
  expect(await asked({ source })).toMatchObject({ required: true, proposal: undefined });
});
