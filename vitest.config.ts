// Two projects: unit (also structure and anything over ../shared that is there) and e2e (real browsers).
import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [WxtVitest()],
        test: { name: 'unit', include: ['tests/**/*.test.{ts,tsx}'], exclude: ['tests/e2e/**'], setupFiles: 'tests/setup.ts' },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: 'tests/e2e/setup.ts',
          fileParallelism: false,
          sequence: { groupOrder: 1 }, // after the unit tests: browsers that share the machine with them miss their time
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
