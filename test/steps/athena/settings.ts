import * as v from 'valibot';
import { type Settings, settings as shape } from '../../../src/steps/athena/settings.ts';

/** What step 2 goes by in tests of the message. */
export const settings: Settings = v.parse(shape, {
  customer: 'acme',
  account: '012345678901',
  notes: {},
  provenance: {},
  reportName: 'acme-report',
  bucket: 'acme-billing',
  prefix: 'spotinst_eco',
  crawlerKey: 'spotinst_eco/acme-report/crawler-cfn.yml',
  'stack-name': 'SpotEcoStack',
  'spot-org-id': ['60012345', '60067890'],
  'msp-account': '999988887777',
  contact: 'jo@spot.io',
});
