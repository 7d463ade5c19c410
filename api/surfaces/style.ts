import { createHash } from 'node:crypto';
import { paperColor } from '../../domain/accent-color.ts';

/** Severities are words first; their colours all have the contrast of WCAG AA on paper. */
const sheet = `
:root{color-scheme:light;--ink:#1f2328;--quiet:#57606a;--line:#d8d4cb;--paper:${paperColor};--desk:#f1eee8}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--desk);color:var(--ink);font:1.125rem/1.6 Charter,"Bitstream Charter","Sitka Text",Cambria,Georgia,serif;overflow-wrap:break-word}
main{max-width:46rem;margin:0 auto;background:var(--paper);padding:clamp(1.25rem,5vw,4rem);border-inline:1px solid var(--line);min-height:100vh}
h1,h2,h3{line-height:1.25;text-wrap:balance}
h1{font-size:clamp(1.75rem,6vw,2.5rem);margin:.25em 0 .2em;letter-spacing:-.01em}
h2{font-size:1.4rem;margin:2.75rem 0 .75rem;color:var(--accent)}
h3{font-size:1.125rem;margin:1.75rem 0 .5rem}
p{margin:.75rem 0}
a{color:var(--accent);text-underline-offset:.2em}
a:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:2px}
.brand{display:flex;align-items:center;gap:.9rem;color:var(--accent);font-weight:700;padding-bottom:1.25rem;border-bottom:2px solid var(--accent);margin-bottom:2rem}
.brand img{max-height:3.25rem;max-width:11rem;width:auto;height:auto;object-fit:contain}
.about{color:var(--quiet);margin:0;display:flex;flex-wrap:wrap;gap:0 1.25rem}
.forms{display:flex;gap:1.25rem;margin:1.25rem 0 0;padding:0;list-style:none;font-size:1rem}
.score{display:flex;flex-wrap:wrap;align-items:baseline;gap:.1rem .6rem;margin:1.5rem 0 0;padding:1rem 1.25rem;border:1px solid var(--line);border-left:.35rem solid var(--accent);border-radius:4px}
.score dt{flex-basis:100%;color:var(--quiet);font-size:1rem}
.score dd{margin:0}
.score .value{font-size:2.5rem;line-height:1.1;font-variant-numeric:tabular-nums}
.score .band{font-weight:700}
.counts{display:flex;flex-wrap:wrap;gap:.5rem 1.75rem;margin:1.25rem 0;padding:0;list-style:none}
.counts .count{font-size:1.5rem;font-variant-numeric:tabular-nums;margin-right:.4rem}
.first{margin:.25rem 0;padding-left:1.5rem}
.first li{margin:.3rem 0}
.severity{font-size:.95rem;font-weight:700;white-space:nowrap}
.critical{color:#8c1d18}.high{color:#96410a}.medium{color:#725200}.low{color:#2c5a86}.info{color:#4d5560}
.group{border-bottom:1px solid var(--line);padding-bottom:.25rem}
.findings{list-style:none;margin:0;padding:0}
.findings>li{border-bottom:1px solid var(--line)}
summary,.finding-title{display:flex;flex-wrap:wrap;gap:0 .75rem;align-items:baseline;padding:.85rem 0}
summary{cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary h4::after{content:" \\203A";color:var(--quiet);display:inline-block;margin-left:.35rem;transition:transform .12s}
details[open] summary h4::after{transform:rotate(90deg)}
h4{font-size:1.125rem;margin:0;flex:1 1 16rem;line-height:1.4}
.facts{margin:.1rem 0 1.25rem}
.facts dt{color:var(--quiet);font-size:1rem;margin-top:.6rem}
.facts dd{margin:0;white-space:pre-wrap}
.facts .evidence{font-family:ui-monospace,"SF Mono",Menlo,Consolas,monospace;font-size:.95rem;line-height:1.5;background:#f6f3ed;border:1px solid var(--line);border-radius:4px;padding:.65rem .8rem;margin-top:.25rem}
.reports{list-style:none;margin:1.5rem 0;padding:0}
.reports li{border-bottom:1px solid var(--line);padding:1rem 0}
.reports li:last-child{border-bottom:0}
.reports a{font-size:1.25rem;font-weight:700}
.boundary{margin-top:3rem;padding-top:.25rem;border-top:1px solid var(--line)}
.foot{margin-top:2rem;color:var(--quiet);font-size:1rem;white-space:pre-line}
@media (prefers-reduced-motion:reduce){*{transition:none!important}}
@media print{
@page{margin:18mm 16mm;@bottom-right{content:counter(page) " / " counter(pages);font:8.5pt Georgia,serif;color:#57606a}}
html{font-size:10pt}
body{background:none;font-size:1.05rem}
main{border:0;padding:0;max-width:none;background:none}
.forms{display:none}
details::details-content{content-visibility:visible;block-size:auto}
summary h4::after{content:none}
h2,h3,.finding-title,summary,dt{break-after:avoid}
h2{margin-top:1.75rem}
.boundary,.foot{margin-top:1.25rem}
.boundary,dd:not(.long),.score,.findings>li:not(:has(.long)){break-inside:avoid-page}
a{text-decoration:none}
}
`;

const sheetHash = hashSource(sheet);

/** The style of a surface under an accent colour, and the policy that lets it have this style, pictures of ours and nothing else. */
export interface SurfaceStyle {
  /** The contents of two style elements. */
  sheets: [string, string];
  contentSecurityPolicy: string;
}

/** @param accentColor `#rrggbb`, readable on paper. */
export function surfaceStyle(accentColor: string): SurfaceStyle {
  const accent = `:root{--accent:${accentColor}}`;
  const policy = [
    "default-src 'none'",
    `style-src ${sheetHash} ${hashSource(accent)}`,
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return { sheets: [sheet, accent], contentSecurityPolicy: policy.join('; ') };
}

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
