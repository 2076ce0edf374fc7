import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/torture/**/*.torture.ts'],
    globalSetup: ['test/support/bundle.ts'],
    env: { TZ: 'UTC', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    maxWorkers: 3,
    isolate: false,
    // One test is one kind of trouble, tried at every point there is.
    testTimeout: 3_600_000,
    slowTestThreshold: 3_600_000,
    hookTimeout: 60_000,
  },
});
