/** How a scenario is run when nothing else is asked for: everybody, and so many draws of the uncertain numbers. */
export const usualRun = { seed: 1, draws: 40, share: 1 } as const;
