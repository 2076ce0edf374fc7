import * as v from 'valibot';
import { accountId, type Field } from '../../field.ts';
import { stackName } from '../stack-name.ts';

/** One address as mail programs of all ages take it: ASCII letters, no display name, no quotes. */
const emailAddress =
  /^(?=[^@]{1,64}@)(?=.{1,254}$)[\w+&'-]+(?:\.[\w+&'-]+)*@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z](?:[a-z\d-]*[a-z\d])$/i;

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
    toldToSpot: true,
    example: '60012345',
    shape: 'list',
    schema: v.pipe(v.string(), v.regex(/^\d{6,20}$/, 'a Spot Org ID is 6 to 20 digits')),
  },
  mspAccount: {
    id: 'msp-account',
    label: 'MSP account',
    rule: "the MSP's own AWS account",
    needed: 'unless-assumed',
    toldToSpot: true,
    example: '999988887777',
    shape: 'text',
    schema: accountId,
  },
  contact: {
    id: 'contact',
    label: 'Contact at Spot',
    rule: 'the e-mail address of the Spot sales representative; empty for Spot Support',
    toldToSpot: true,
    example: 'jo@spot.io',
    shape: 'text',
    schema: v.pipe(
      v.string(),
      v.check(
        (text) => text === '' || emailAddress.test(text),
        'one e-mail address has the form name@host, in plain letters',
      ),
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
      v.regex(
        /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp},]{1,255}$/u,
        'the id of a notification has 1 to 255 visible characters, without commas',
      ),
    ),
  },
} satisfies Record<string, Field>;

/** The procedure says "Spot Eco Stack", which CloudFormation does not take. */
export const proposedStackName = 'SpotEcoStack';
