/**
 * By how much a decomposition A = U S Vᵀ may miss, as so many roundings of ‖A‖_F: 90 for each of the
 * max(m, k) rows or columns.
 *
 * What is computed is, for all algorithms in use, exact for a matrix near the given one: A + E = U S Vᵀ
 * with vectors that are as near to orthonormal ones. So ‖A − U S Vᵀ‖_F and, beside 1, ‖UᵀU − I‖ are of the size
 * of E, and by Weyl's theorem no singular value is further off than ‖E‖.
 *
 * One-sided Jacobi rotations  A stage turns disjoint pairs of columns, and is off by √2 γ₆ of the norm
 *   of each (Higham 2002, lemmas 19.8 and 19.9), less than 8.5 u. A sweep has max(m, k) stages at most
 *   and there are up to ten sweeps: 85 max(m, k). The lengths of the columns at the end add one sum of squares,
 *   ½ max(m, k) + 2, and the cosines that are left γ of as many terms, max(m, k).
 *   In blocks of b columns, the rotations of b stages make one matrix, and its product with 2b columns is off by
 *   γ₂ᵦ √(2b) at worst, 8 u for each of the stages with b = 8. That is within 90 max(m, k) at worst for one pair of
 *   blocks of six, in eight sweeps. Of more columns, in 2 + 3/2 log₂ n sweeps, it is if errors are independent:
 *   then √N counts of N stages (Higham and Mary 2019, section 2), and 16 λ √N with λ = 5 is below 90 n. An
 *   orthonormal basis in which columns are written first adds two products, off by γ of their max(m, k) terms
 *   times √min(m, k) at worst, which leaves the sum below 90 max(m, k) for the same pair of blocks.
 * Golub and Kahan             2 min(m, k) reflections, each off by γ of a few roundings beyond the depth of
 *   its sums, then about two steps of rotations for each value, which can be arranged in 5 min(m, k)
 *   stages: 43 max(m, k) for these, which leaves 23 for each reflection. In the worst case a reflection with
 *   sums from left to right would be off by as many roundings as it has terms; sums in blocks or in pairs are
 *   within 23 up to any size in question, and errors of either sign are far below.
 * Randomized methods          are not within it: what they leave out adds to E. They state how much that is, as a share of
 *   ‖A‖_F, in a profile of their own.
 *
 * Source     Higham (2002), sections 19.3 to 19.6; Golub and Van Loan (2013), corollary 2.4.4 and
 *            section 8.6; Higham and Mary (2019), A new approach to probabilistic rounding error analysis
 */
export const roundingsOfSvd = (rows: number, columns: number): number =>
  90 * Math.max(rows, columns)
