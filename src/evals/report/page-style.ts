/** The page's style sheet: light and dark, from phone to print. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--back:#f6f7f9;--card:#fff;--ink:#1b1f27;--soft:#59616e;--line:#dfe3e9;--track:#e9ecf1;--pass:#187a3d;--fail:#bf2339;--unknown:#855800;--accent:#2d5bd0;--passback:#e3f4e8;--failback:#fdebed;--agent:#eef2fb;--mark:#ffd9de;--markink:#7d0f20}
@media(prefers-color-scheme:dark){:root{--back:#101318;--card:#181c23;--ink:#e7eaf0;--soft:#a0a8b6;--line:#2d333d;--track:#2a303a;--pass:#54c77d;--fail:#ff8090;--unknown:#e0b04a;--accent:#8fb0ff;--passback:#16301f;--failback:#3a1a20;--agent:#202838;--mark:#6b1f2c;--markink:#ffe3e7}}
*{box-sizing:border-box}
[hidden]{display:none!important}
body{margin:0;background:var(--back);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
.inner,main{max-width:1080px;margin:0 auto;padding:0 24px}
header{background:var(--card);border-bottom:1px solid var(--line);padding:28px 0 18px}
h1{font-size:26px;line-height:1.25;margin:4px 0 8px;font-weight:650;letter-spacing:-.01em}
h2{font-size:18px;margin:0 0 12px;font-weight:650}
h3{font-size:14px;margin:12px 0 6px;font-weight:650}
h4{font-size:14px;margin:0 0 8px;font-weight:600}
p{margin:6px 0}
.agent-name{font-weight:600;margin:0}
section{margin:0}
main>section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:20px 22px;margin:20px 0}
.dim,.by,.place,.range,.who,.ends,.legend{color:var(--soft)}
.dim,.legend{font-size:13px}
.pass{color:var(--pass)}.fail{color:var(--fail)}.unknown{color:var(--unknown)}
.sign{font-weight:700;display:inline-block;min-width:1.1em}
.spoken{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-999px}.skip:focus{left:12px;top:12px;background:var(--card);padding:6px 10px;border-radius:6px;z-index:2}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
a{color:var(--accent)}
.headline{display:flex;flex-wrap:wrap;gap:8px 36px;margin:14px 0}
.headline dt{font-size:12px;color:var(--soft)}
.headline dd{margin:0;font-size:19px;font-weight:600;font-variant-numeric:tabular-nums}
.chip{display:inline-block;font-size:12px;line-height:18px;padding:0 7px;border:1px solid var(--line);border-radius:9px;color:var(--soft);font-weight:400;white-space:nowrap;max-width:100%;overflow:hidden;text-overflow:ellipsis;vertical-align:bottom}
.chip.fail{color:var(--fail);border-color:currentColor}
.error{background:var(--failback);color:var(--ink);padding:8px 12px;border-radius:6px}
.caveat{border-left:3px solid var(--unknown);padding-left:10px}
.lead{font-size:16px;font-weight:600}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(240px,1fr));gap:4px 24px}
ul.plain{list-style:none;margin:6px 0;padding:0;font-size:14px}
ul.plain li{padding:2px 0}
table{border-collapse:collapse;width:100%}
th{text-align:left;font-weight:600}
.figure,.runs td{font-variant-numeric:tabular-nums}
.scorecard thead th{font-size:12px;color:var(--soft);font-weight:500;padding:0 12px 6px 0}
.scorecard tbody th,.scorecard td{border-top:1px solid var(--line);padding:9px 12px 9px 0;vertical-align:top}
.scorecard tbody th{width:32%}
.scorecard td{white-space:nowrap}
.scorecard .value{font-weight:650;font-size:16px}
.scorecard .chart{width:36%}
.by{display:block;font-size:12px;font-weight:400;padding-left:1.4em}
.range{display:block;font-size:12px;font-variant-numeric:tabular-nums}
svg{display:block}
.measure{width:100%;height:16px;margin-top:4px}
.track{fill:var(--track)}
.bar.pass{fill:var(--pass)}.bar.fail{fill:var(--fail)}.bar.unknown{fill:var(--unknown)}
.bar{fill-opacity:.5}
.interval{stroke:var(--ink);stroke-width:2;vector-effect:non-scaling-stroke}
.target{stroke:var(--ink);stroke-width:3;vector-effect:non-scaling-stroke}
.legend{margin-top:10px}
.key{display:inline-block;width:44px;height:12px;vertical-align:-1px;margin-right:4px}
.without{margin-top:14px;border-top:1px solid var(--line);padding-top:4px}
.multiples{list-style:none;padding:0;margin:12px 0;display:grid;grid-template-columns:repeat(auto-fill,minmax(230px,1fr));gap:16px 28px}
.multiple-head{display:flex;justify-content:space-between;gap:8px;font-size:13px;margin-bottom:4px}
.spark{width:100%;height:48px;border-bottom:1px solid var(--line);overflow:visible}
.spark polyline{fill:none;stroke:var(--accent);stroke-width:2;stroke-linejoin:round;vector-effect:non-scaling-stroke}
.spark .goal{stroke:var(--soft);stroke-width:1;stroke-dasharray:4 4;vector-effect:non-scaling-stroke}
.dot{stroke:currentColor;stroke-width:7;stroke-linecap:round;vector-effect:non-scaling-stroke}
.wide{overflow-x:auto;margin-top:8px}
.wide table{overflow-wrap:normal}
.runs th,.runs td{font-size:13px;padding:5px 14px 5px 0;border-top:1px solid var(--line);white-space:nowrap}
.runs thead th{border:0;color:var(--soft);font-weight:500}
.spreads{display:grid;grid-template-columns:repeat(auto-fit,minmax(250px,1fr));gap:12px 32px}
.bins{width:100%;height:80px;border-bottom:1px solid var(--line)}
.bins rect{fill:var(--accent);fill-opacity:.55}
.bins .p50,.bins .p95{stroke-width:2;vector-effect:non-scaling-stroke}
.bins .p50{stroke:var(--ink)}.bins .p95{stroke:var(--unknown);stroke-dasharray:4 3}
.ends{display:flex;justify-content:space-between;font-size:12px}
.marks{font-size:13px;display:flex;flex-wrap:wrap;gap:2px 16px}
.marks .p50::before,.marks .p95::before{content:"";display:inline-block;width:2px;height:11px;background:var(--ink);margin-right:6px}
.marks .p95::before{background:var(--unknown)}
#filter{display:flex;flex-wrap:wrap;gap:10px 16px;align-items:flex-end}
fieldset{border:1px solid var(--line);border-radius:8px;padding:0;margin:0;display:flex;overflow:hidden}
fieldset label{position:relative;cursor:pointer}
fieldset input{position:absolute;opacity:0;inset:0;margin:0;cursor:pointer}
fieldset span{display:block;padding:7px 14px}
fieldset :checked+span{background:var(--ink);color:var(--card);font-weight:600}
fieldset :focus-visible+span{outline:2px solid var(--accent);outline-offset:-3px}
.field span{display:block;font-size:12px;color:var(--soft)}
.wide-field{flex:1 1 200px}
select,input[type=search]{font:inherit;color:inherit;background:var(--back);border:1px solid var(--line);border-radius:8px;padding:6px 10px;height:38px;width:100%}
.cases{list-style:none;margin:8px 0;padding:0}
.case{border-top:1px solid var(--line)}
.case:not(.failing),.case>details>summary{padding:9px 0;display:grid;grid-template-columns:1.4em minmax(0,1fr) auto;gap:0 8px;align-items:baseline}
.case>details>summary{list-style:none}
.case>details>summary::-webkit-details-marker{display:none}
.case summary .name::after{content:"▸";color:var(--soft);font-weight:400;margin-left:8px;display:inline-block}
.case>details[open]>summary .name::after{transform:rotate(90deg)}
.case>details>summary:hover .name{text-decoration:underline}
.case .name{font-weight:600}
.case:not(.failing) .name{font-weight:400}
.case .place{font-size:12px;text-align:right}
.case .why{grid-column:2/-1;font-size:13px;color:var(--soft)}
.why b{color:var(--ink);font-weight:600}
.line{display:block}
.trace{border-left:3px solid var(--line);padding:2px 0 10px 18px;margin:4px 0 14px 4px}
.trace h3{font-size:13px;margin:18px 0 8px;color:var(--soft)}
.trace details>summary{font-size:14px}
h4 .dim{font-weight:400}
.trace h3:first-child{margin-top:4px}
.attempt{font-weight:650;margin:10px 0 4px}
.difference{margin:0 0 14px}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:10px}
.pair>div,.raw,pre{background:var(--back);border:1px solid var(--line);border-radius:8px;padding:8px 12px;font-size:14px;white-space:pre-wrap;margin:0}
.pair .found{background:var(--failback);border-color:transparent}
.pair .forbidden{border-color:var(--line)}
.pair .wanted{background:var(--passback);border-color:transparent}
.who{display:block;font-size:12px}
.pair .who{color:inherit}
.fields{font-size:14px;margin:4px 0}
.fields caption{text-align:left;font-weight:600;padding-bottom:4px}
.fields thead th{font-size:12px;color:var(--soft);font-weight:500}
.fields th,.fields td{padding:5px 12px 5px 8px;border-top:1px solid var(--line);vertical-align:top;width:33%}
.fields tbody th{font-weight:400}
.fields .differs{background:var(--failback)}
.fields .alike{color:var(--soft)}
mark{background:var(--mark);color:var(--markink);border-radius:3px;padding:0 2px;font-weight:600}
.turns{list-style:none;margin:0;padding:0}
.turns>li{margin-bottom:16px}
.bubble{border-radius:12px;padding:8px 14px;max-width:85%;width:fit-content;white-space:pre-wrap;margin:6px 0}
.bubble.customer{border:1px solid var(--line)}
.bubble.agent{background:var(--agent);margin-left:auto}
.missing{display:block;margin-top:6px;border:1px dashed var(--fail);border-radius:6px;padding:3px 8px;color:var(--fail);font-size:13px}
.facts{margin:6px 0;font-size:13px}
.facts>div{display:grid;grid-template-columns:64px minmax(0,1fr);gap:8px}
.facts dt{color:var(--soft)}
.facts dd{margin:0}
details>summary{cursor:pointer}
.part{margin:6px 0;font-size:13px}
.part pre{margin-top:6px}
pre,code{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.raw{margin:6px 0;font-size:13px}
.step{margin:14px 0;padding-top:6px;border-top:1px solid var(--line)}
pre:target{outline:2px solid var(--accent)}
@media(max-width:680px){
.inner,main{padding:0 14px}
h1{font-size:21px}
main>section{padding:16px 14px;margin:12px 0}
.headline{gap:8px 24px}
.scorecard thead{display:none}
.scorecard tr{display:grid;grid-template-columns:1fr auto;border-top:1px solid var(--line);padding:10px 0}
.scorecard tbody th,.scorecard td{border:0;padding:0;width:auto}
.scorecard .chart{grid-column:1/-1;width:auto}
.scorecard td[data-name]{font-size:12px;color:var(--soft)}
.scorecard td[data-name]::before{content:attr(data-name) " "}
.case:not(.failing),.case>details>summary{grid-template-columns:1.4em minmax(0,1fr)}
.case .place{grid-column:2/-1;text-align:left}
.pair{grid-template-columns:1fr}
.trace{padding-left:10px;margin-left:0}
.bubble{max-width:95%}
}
@media print{
:root{color-scheme:light;--back:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--track:#e9ecf1;--pass:#187a3d;--fail:#bf2339;--unknown:#855800;--accent:#2d5bd0}
body{font-size:11px}
#filter,.skip,#shown{display:none!important}
main>section{border:0;padding:0;margin:18px 0}
.case,.multiples li,.figure-box,.scorecard tr{break-inside:avoid}
.case:not(.failing),.case summary .name::after{display:none}
svg{print-color-adjust:exact}
}
`;
