"""Texts that must pass everywhere and do nothing anywhere."""

FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(1,1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "＝1+1",
    '=HYPERLINK("x","y")', "+cmd|' /C calc'!A0",
]  # fmt: skip
TEXTS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</td></table></style><b>",
    "{{ 7 * 7 }} {% raw %}",
    "&amp; &lt;",
    "名" * 300,
    "x" * 300,
    "👩‍👩‍👧 Ana 😀",
    "مرحبا \u202eabc\u202c",
    "张三，李四",
    "|a| *b* _c_ `d` [l](javascript:x) # ~",
    "<r>x</r>",
    "_x0041_",
    "O'Brien",
    "a\x00b\x07\ud800",
]
ALL = FORMULAS + TEXTS
