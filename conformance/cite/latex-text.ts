/** What LaTeX gives a meaning of its own. */
const marks: Readonly<Record<string, string>> = {
  '\\': String.raw`\textbackslash{}`,
  '{': String.raw`\{`,
  '}': String.raw`\}`,
  $: String.raw`\$`,
  '&': String.raw`\&`,
  '#': String.raw`\#`,
  '%': String.raw`\%`,
  _: String.raw`\_`,
  '^': String.raw`\textasciicircum{}`,
  '~': String.raw`\textasciitilde{}`,
  '<': String.raw`\textless{}`,
  '>': String.raw`\textgreater{}`,
  '|': String.raw`\textbar{}`,
  '"': "''",
  '’': `'`,
  '–': '--',
  '…': String.raw`\dots{}`,
}

/** Signs of the specification that no font of text has. */
const signs: Readonly<Record<string, string>> = {
  ...{ '×': 'times', '·': 'cdot', '±': 'pm', '∞': 'infty', '∇': 'nabla', '‖': 'Vert' },
  ...{ '≤': 'le', '≥': 'ge', '≠': 'ne', '→': 'to', '∈': 'in', '√': 'surd' },
  ...{ '⌊': 'lfloor', '⌋': 'rfloor', '⌈': 'lceil', '⌉': 'rceil' },
  ...{ α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ε: 'varepsilon', η: 'eta', θ: 'theta' },
  ...{ κ: 'kappa', λ: 'lambda', μ: 'mu', π: 'pi', ρ: 'rho', σ: 'sigma', τ: 'tau', φ: 'varphi' },
  ...{ Σ: 'Sigma', Δ: 'Delta', Π: 'Pi', Ω: 'Omega' },
}

const formulas: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(signs).map(([sign, name]) => [sign, `\\${name}`])),
  ...{
    '−': '-',
    '′': "'",
    '¼': String.raw`\frac14`,
    '½': String.raw`\frac12`,
    '¾': String.raw`\frac34`,
  },
  ...Object.fromEntries([...'⁰¹²³⁴⁵⁶⁷⁸⁹'].map((digit, value) => [digit, `^{${value}}`])),
  ...{ '⁻': '^{-}', '₀': '_0', '₁': '_1', '₂': '_2' },
}

/** Any text as LaTeX: it is printed as it is. Letters of Latin alphabets stay, signs become formulas. */
export function latexText(text: string): string {
  return (
    Array.from(text, (sign) => {
      const known =
        marks[sign] ?? (formulas[sign] === undefined ? undefined : `$${formulas[sign]}$`)
      if (known !== undefined) return known
      if (/^[\n\t]$/.test(sign)) return ' '
      return /^[\x20-\x7e\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f]$/.test(sign) ? sign : '?'
    })
      .join('')
      // Exponents of several signs, such as 10⁻¹⁰, are one formula.
      .replaceAll('}$$^{', '')
      .replaceAll('$$', '')
  )
}

/** Text of the specification, in which formulas stand between dollar signs and code between backticks. */
export function latexProse(text: string): string {
  return text
    .split(/(\$[^$]+\$|`[^`]+`)/)
    .map((part) => {
      if (part.startsWith('$') && part.length > 2) return latexFormula(part)
      return part.startsWith('`') && part.length > 2
        ? latexCode(part.slice(1, -1))
        : latexText(part)
    })
    .join('')
}

/** A formula, in which signs may stand as they are: TeX wants their names. */
function latexFormula(formula: string): string {
  return formula.replace(/[^\x20-\x7e]/g, (sign) => {
    const known = formulas[sign]
    if (known === undefined) return '?'
    return /[a-z]$/.test(known) ? `${known} ` : known
  })
}

/** Text in the type of a typewriter. */
export function latexCode(text: string): string {
  return `\\texttt{${latexText(text)}}`
}
