// Texts that have broken pages elsewhere, in our own words: markup, attributes, addresses, styles, entities, templates, files.
// Each calls hook(n), which a test watches, or asks evil.example for something, which the policy refuses aloud.

/** Texts; `n` tells one from the other. */
export const attacks = [
    // Markup, and ways out of what may be around it.
    (n) => `<script>hook(${n})</script>`,
    (n) => `</script><script>hook(${n})</script>`,
    (n) => `"><script>hook(${n})</script>`,
    (n) => `'><img src=x onerror=hook(${n})>`,
    (n) => `"><svg/onload=hook(${n})>`,
    (n) => `<img src="x" onerror="hook(${n})">`,
    (n) => `<IMG """><SCRIPT>hook(${n})</SCRIPT>">`,
    (n) => `</title></style></textarea></noscript></template><img src=x onerror=hook(${n})>`,
    (n) => `</head><body onload=hook(${n})></body></html><img src=x onerror=hook(${n})>`,
    (n) => `]]><img src=x onerror=hook(${n})><![CDATA[`,
    (n) => `--><img src=x onerror=hook(${n})><!--`,
    (n) => `?><img src=x onerror=hook(${n})><?x`,
    (n) => `<details open ontoggle=hook(${n})><summary>x</summary></details>`,
    (n) => `<input autofocus onfocus=hook(${n})><select autofocus onfocus=hook(${n})>`,
    (n) => `<video><source onerror=hook(${n})></video><audio src=x onerror=hook(${n})>`,
    (n) => `<marquee onstart=hook(${n})>x</marquee><x onanimationstart=hook(${n}) style="animation:a 1s">`,
    (n) => `<iframe srcdoc="<script>parent.hook(${n})</script>"></iframe>`,
    (n) => `<iframe src="javascript:parent.hook(${n})"></iframe>`,
    (n) => `<object data="data:text/html,<script>parent.hook(${n})</script>"></object><embed src="javascript:hook(${n})">`,
    (n) => `<form action="javascript:hook(${n})"><button autofocus onfocus="hook(${n})">x</button></form>`,
    (n) => `<a href="javascript:hook(${n})">x</a><a href="&#106;avascript:hook(${n})">x</a>`,
    (n) => `<base href="//evil.example/"><link rel="stylesheet" href="//evil.example/${n}.css">`,
    (n) => `<meta http-equiv="refresh" content="0;url=//evil.example/${n}"><img src="//evil.example/${n}.png">`,
    // What parsers read twice, and differently.
    (n) => `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=hook(${n})&gt;">`,
    (n) => `<svg><style><img src=x onerror=hook(${n})></style></svg>`,
    (n) => `<noscript><p title="</noscript><img src=x onerror=hook(${n})>">`,
    (n) => `<template><img src=x onerror=hook(${n})></template><div shadowrootmode="open"><script>hook(${n})</script></div>`,
    (n) => `<svg><animate onbegin=hook(${n}) attributeName=x dur=1s></svg>`,
    (n) => `<svg><set attributeName=href to="javascript:hook(${n})"/><a xlink:href="javascript:hook(${n})"><text y=9>x</text></a></svg>`,
    (n) => `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='x' onerror='hook(${n})'/></svg>#x"/></svg>`,
    (n) => `<!ENTITY x SYSTEM "file:///etc/passwd"><?xml-stylesheet href="//evil.example/${n}.xsl"?>`,
    // Out of attributes.
    (n) => `" onmouseover="hook(${n})" onfocus="hook(${n})" autofocus tabindex="0" x="`,
    (n) => `' onpointerenter='hook(${n})' onfocus='hook(${n})' autofocus tabindex='0' x='`,
    (n) => `x onfocus=hook(${n}) autofocus tabindex=0`,
    (n) => `\`onmouseover=hook(${n})\``,
    (n) => `"data-set="tab=table" data-fact="0" data-action="theme" x="${n}`,
    // Entities and encodings: whoever decodes once too often makes markup of them.
    (n) => `&lt;img src=x onerror=hook(${n})&gt;`,
    (n) => `&#60;img src=x onerror=hook(${n})&#62;&quot;&apos;&amp;lt;`,
    (n) => `\\u003cimg src=x onerror=hook(${n})\\u003e\\x3cscript\\x3e`,
    (n) => `%3Cimg%20src=x%20onerror=hook(${n})%3E`,
    (n) => `+ADw-script+AD4-hook(${n})+ADw-/script+AD4-`,
    // Letters that become others when folded or normalised.
    (n) => `＜img src=x onerror=hook(${n})＞ ‹script› ﹤script﹥`,
    (n) => `<ſcript>hook(${n})</ſcript> <İmg src=x> <scr\u200bipt>hook(${n})</scr\u200bipt>`,
    (n) => `"\u2028<img src=x onerror=hook(${n})>\u2029"`,
    // Templates and code.
    (n) => `{{constructor.constructor('hook(${n})')()}}`,
    (n) => `\${hook(${n})} #{hook(${n})} <%= hook(${n}) %>`,
    (n) => `{found} {name} {n} {title} {a} {b} {c} {@x} {a|hook(${n})} {size}`,
    (n) => `$& $1 $\` $' $$ %s %n hook(${n})`,
    (n) => `';hook(${n});//";hook(${n});//*/hook(${n})/*`,
    (n) => `__proto__ constructor.prototype hook(${n})`,
    // Styles.
    (n) => `</style><style>*{background:url(//evil.example/${n})}</style>`,
    (n) => `x;background:url(//evil.example/${n});behavior:url(#x);-moz-binding:url(#x)`,
    (n) => `<style>@import "//evil.example/${n}.css";</style>`,
    // Spreadsheets, citations, text files.
    (n) => `=HYPERLINK("http://evil.example/${n}","x")`,
    (n) => `@SUM(1+1)*cmd|' /C hook(${n})'!A0`,
    (n) => `-2+3+cmd|' /C hook(${n})'!A0`,
    (n) => `x\nUR  - javascript:hook(${n})\nER  - \nTY  - EVIL`,
    (n) => `}},\n  url = {javascript:hook(${n})},\n  x = {{\\input{/etc/passwd}`,
    (n) => `[x](javascript:hook(${n})) ![x](//evil.example/${n}.png) <javascript:hook(${n})>`,
];

/** Addresses that a package may hold: http or https, without what `is_web_address` refuses. */
export const addresses = [
    (n) => `https://example.org/'onmouseover='hook(${n})'`,
    (n) => `https://example.org/&quot;onfocus=&quot;hook(${n})&quot;autofocus=&quot;`,
    (n) => `http://javascript:hook(${n})@example.org/`,
    (n) => `https://example.org/%22%3E%3Cscript%3Ehook(${n})%3C/script%3E`,
    (n) => `https://example.org/?next=javascript:hook(${n})&x=&lt;script&gt;`,
    (n) => `https://example.org/]]&gt;{found}$&$1/${n}`,
    (n) => `https://example.org/);hook(${n});//`,
    (n) => `https://data:text,hook(${n})@example.org#'`,
];
