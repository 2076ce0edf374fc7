import type { Scene } from './scene.ts';

const hour = 3_600_000;

/** What happens around the message for Spot, once it is written. */
export const messages: readonly Scene[] = [
  {
    name: 'crawler-file-changes',
    title: 'AWS writes another crawler-cfn.yml with each delivery.',
    arrange({ account }) {
      account.crawlerFileChanges = true;
    },
  },
  {
    name: 'spot-is-late',
    title: 'Spot takes longer for the link than the 72 hours that it names.',
    arrange({ account }) {
      account.spotTakes = 74 * hour;
    },
  },
];
