namespace ForensicHeads.Reporting.Html;

/// <summary>The page's one style sheet: light and dark, narrow and wide, screen and paper.</summary>
internal static class ReportStyle
{
    internal const string Css = """
        :root{color-scheme:light dark;--ink:#1a1a1a;--muted:#5c5c5c;--paper:#fff;--card:#f5f6f8;--line:#d9dce1;--pass:#00664b;
          --fail:#a83a00;--accent:#0060a0}
        @media (prefers-color-scheme:dark){:root{--ink:#ececec;--muted:#a9adb3;--paper:#15171a;--card:#1f2226;--line:#383c42;
          --pass:#4fd1a5;--fail:#ff9a5c;--accent:#7cc4f5}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 Inter,system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;
          overflow-wrap:anywhere}
        main{max-width:82rem;margin:0 auto;padding:1rem}
        h1{font-size:1rem;font-weight:500;color:var(--muted);margin:.2rem 0}
        h2{font-size:1.25rem;margin:2.2rem 0 .6rem;border-top:1px solid var(--line);padding-top:1rem}
        h3{font-size:1rem;margin:1.4rem 0 .4rem}
        .answer{font-size:clamp(1.15rem,2.4vw,1.55rem);line-height:1.35;font-weight:600;margin:.3rem 0 .8rem;max-width:62rem}
        .more{font-size:1.05rem;margin:0 0 .9rem;max-width:62rem}
        .answer::first-letter,.more::first-letter{text-transform:uppercase}
        .facts{display:flex;flex-wrap:wrap;gap:.4rem;margin:0 0 1rem;padding:0;list-style:none}
        .facts li{background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:.1rem .7rem;font-size:.9rem}
        .pass{color:var(--pass);font-weight:600;white-space:nowrap}.fail{color:var(--fail);font-weight:600;white-space:nowrap}
          .grey,.grey *{color:var(--muted)}
        .alert{border-left:.3rem solid var(--fail);background:var(--card);padding:.5rem .9rem;margin:.6rem 0;font-size:.92rem}
        ul.alert{padding-left:2rem}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,27rem),1fr));gap:1.2rem}
        figure{margin:0;break-inside:avoid}
        .figures{margin-bottom:1rem}
        .figures figure{max-width:46rem}
        figure.grid{overflow-x:auto;margin-bottom:1rem}
        figure.grid img{min-width:34rem}
        figure img{width:100%;height:auto;display:block;background:#fff;border:1px solid var(--line);border-radius:.4rem}
        figcaption{font-size:.88rem;color:var(--muted);margin-top:.35rem}
        figcaption b{color:var(--ink);font-weight:600}
        .scroll{overflow-x:auto;max-width:100%;margin-bottom:1rem;
          background:linear-gradient(to right,var(--paper) 40%,transparent),linear-gradient(to left,var(--paper) 40%,transparent) 100% 0,
          linear-gradient(to right,#8889,transparent),linear-gradient(to left,#8889,transparent) 100% 0;background-repeat:no-repeat;
          background-size:2.5rem 100%,2.5rem 100%,.9rem 100%,.9rem 100%;background-attachment:local,local,scroll,scroll}
        table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums;overflow-wrap:normal}
        th,td{text-align:left;padding:.3rem .7rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top;white-space:nowrap}
        th{color:var(--muted);font-weight:500}
        nav{display:flex;flex-wrap:wrap;gap:.2rem .9rem;margin:1.4rem 0 0;font-size:.88rem}
        a{color:var(--accent)}
        .wrap{white-space:normal;min-width:18rem;max-width:34rem}
        small,.note{color:var(--muted);font-size:.85rem}
        summary{cursor:pointer;color:var(--accent);font-size:.88rem;margin:.2rem 0 .8rem}
        pre{background:var(--card);border:1px solid var(--line);border-radius:.4rem;padding:.7rem;white-space:pre-wrap}
        dl{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.2rem 1rem;margin:0;font-size:.9rem}
        dt{color:var(--muted)}dd{margin:0}
        @media (prefers-color-scheme:dark){figure img{filter:brightness(.9)}}
        @media (max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}
        @media print{nav{display:none}:root{--ink:#000;--muted:#444;--paper:#fff;--card:#fff;--line:#bbb;--pass:#00664b;--fail:#a83a00}
          main{max-width:none;padding:0}.scroll{overflow:visible;background:none}figure.grid img{min-width:0}table{font-size:.62rem}
          td,th{white-space:normal;padding-right:.3rem}.figures{grid-template-columns:1fr 1fr}h2{break-after:avoid}}
        """;
}
