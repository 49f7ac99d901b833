/** The level at which a difference is called significant, here and in the report. */
export const alpha = 0.05;
