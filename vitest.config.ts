import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/bundle.ts'],
    // Screens show times in the user's zone, and the SDK warns on every start under Node 20.
    env: { TZ: 'UTC', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    // More than there may be cores: journeys wait for processes most of the time.
    maxWorkers: 4,
    // Nothing mocks a module, so files may share what they import; the SDK alone takes a second to load.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 20_000,
  },
});
