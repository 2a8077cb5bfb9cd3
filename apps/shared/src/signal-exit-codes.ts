/** Signals that end a program, and its exit code then: 128 and the signal's number, as a shell has it. */
export const signalExitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
