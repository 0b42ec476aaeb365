/** The version of TensorFlow.js that was asked. */
export const version = '4.22.0'

/** Where a defect is told of upstream. */
export const issue = (number: number, state: 'open' | 'closed') =>
  ({
    link: `https://github.com/tensorflow/tfjs/issues/${number}`,
    state: state === 'closed' ? 'closed, still so' : state,
  }) as const
