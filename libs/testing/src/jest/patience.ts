/**
 * How long a test of this project may take: jest ignores `testTimeout` in the configuration of a project
 * (jest#9696), so jest.config.js passes it as a global and this setup file applies it.
 */
declare const testPatienceMs: number;

jest.setTimeout(testPatienceMs);

export {};
