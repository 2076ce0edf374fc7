import * as v from 'valibot';
import { accountId, type Field } from '../../field.ts';
import { stackName } from '../stack-name.ts';

const emailAddress = v.pipe(v.string(), v.maxLength(254), v.email());

/** The answers of step 2: what the message for Spot names. */
export const fields = {
  stackName: {
    id: 'stack-name',
    label: 'Crawler stack name',
    rule: 'the name of the CloudFormation stack with the crawler',
    fixedBy: 'crawler-stack',
    example: 'SpotEcoStack',
    shape: 'text',
    schema: stackName,
  },
  spotOrgId: {
    id: 'spot-org-id',
    label: 'Spot Org IDs',
    rule: "the customer's organization ids at Spot",
    needed: 'always',
    example: '60012345',
    shape: 'list',
    schema: v.pipe(v.string(), v.regex(/^\d{6,20}$/, 'a Spot Org ID is 6 to 20 digits')),
  },
  mspAccount: {
    id: 'msp-account',
    label: 'MSP account',
    rule: "the MSP's own AWS account",
    needed: 'unless-assumed',
    example: '999988887777',
    shape: 'text',
    schema: accountId,
  },
  contact: {
    id: 'contact',
    label: 'Contact at Spot',
    rule: 'the e-mail address of the Spot sales representative; empty for Spot Support',
    example: 'jo@spot.io',
    shape: 'text',
    schema: v.pipe(
      v.string(),
      v.check((text) => text === '' || v.is(emailAddress, text), 'an e-mail address has the form name@host'),
    ),
  },
  acceptNotification: {
    id: 'accept-notification',
    label: 'Accepted notification',
    rule: "the id of one of the bucket's notifications that the crawler stack may replace",
    example: 'object-created-to-queue',
    shape: 'list',
    fleeting: true,
    schema: v.pipe(
      v.string(),
      v.regex(/^[^\p{Cc},]{1,255}$/u, 'the id of a notification has 1 to 255 characters, without commas'),
    ),
  },
} satisfies Record<string, Field>;

/** The procedure says "Spot Eco Stack", which CloudFormation does not take. */
export const proposedStackName = 'SpotEcoStack';
