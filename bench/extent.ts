/** How much is measured. */
export interface Extent {
  /** Rounds of what is measured one at a time, and how many of each kind go before them unmeasured. */
  latencyRounds: number;
  warmUpRounds: number;
  /** Rounds at 50 in flight, and the workflows of each kind in a round. */
  throughputRounds: number;
  throughputCount: number;
  listRounds: number;
  listSeconds: number;
  /** Rounds in quiet and rounds beside an agency that storms. */
  neighbourRounds: number;
  /** Onboardings that wait while the worker's memory is read. */
  waiting: number;
}

export const full: Extent = {
  latencyRounds: 150,
  warmUpRounds: 40,
  throughputRounds: 7,
  throughputCount: 100,
  listRounds: 5,
  listSeconds: 2,
  neighbourRounds: 5,
  waiting: 5_000,
};

/** To see that everything works; too little to judge by. */
export const quick: Extent = {
  latencyRounds: 40,
  warmUpRounds: 20,
  throughputRounds: 2,
  throughputCount: 100,
  listRounds: 2,
  listSeconds: 1,
  neighbourRounds: 3,
  waiting: 500,
};
