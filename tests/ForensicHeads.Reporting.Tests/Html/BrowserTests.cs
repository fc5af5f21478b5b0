namespace ForensicHeads.Reporting.Tests.Html;

/// <summary>
/// The page in a real browser without a network. Skipped where no Chromium is installed. FORENSICHEADS_LOOK=REPORT.html:FOLDER looks at
/// that page instead and leaves pictures of every section there, narrow and wide, light and dark.
/// </summary>
public sealed class BrowserTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fh-page").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_page_opens_offline_without_an_error_and_never_scrolls_sideways()
    {
        var program = Browser.Find();
        Assert.SkipWhen(program is null, "Chromium is not installed: apt-get install chromium.");
        var look = Environment.GetEnvironmentVariable("FORENSICHEADS_LOOK")?.Split(':');
        var items = Sample.Items();
        var path = look?[0] ?? ReportWriter.Write(folder, Sample.Results(items), Sample.Inputs(items));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        await using var browser = await Browser.StartAsync(program!, limit.Token);
        var papers = new List<string>();
        foreach (var scheme in new[] { "light", "dark" })
        {
            foreach (var width in new[] { 400, 1400 })
            {
                await browser.OpenAsync(path, width, scheme, limit.Token);
                Assert.Empty(browser.Complaints);
                Assert.All(browser.Requests, url => Assert.Equal(new Uri(path).AbsoluteUri, url));
                Assert.True(await browser.NumberAsync("document.documentElement.scrollWidth", limit.Token) <= width,
                    $"{scheme}, {width} px: the page scrolls sideways");
                Assert.Equal(0,
                    await browser.NumberAsync("[...document.images].filter(i => !i.complete || i.naturalWidth === 0).length", limit.Token));
                papers.Add(await browser.TextAsync("getComputedStyle(document.body).backgroundColor", limit.Token));
                if (look is not null) await LookAsync(browser, Path.Combine(look[1], FormattableString.Invariant($"{scheme}-{width}")),
                    width, limit.Token);
            }
        }

        Assert.Equal(2, papers.Distinct().Count());
    }

    private static async Task LookAsync(Browser browser, string name, int width, CancellationToken cancellation)
    {
        var tops = (await browser.TextAsync(
            "[0, ...[...document.querySelectorAll('h2')].map(h => Math.floor(h.getBoundingClientRect().top + scrollY)), "
            + "document.documentElement.scrollHeight].join(' ')", cancellation)).Split(' ').Select(int.Parse).ToArray();
        for (var i = 0; i + 1 < tops.Length; i++)
            AtomicFile.WriteBytes(FormattableString.Invariant($"{name}-{i:00}.png"),
                await browser.PictureAsync(tops[i], width, Math.Min(4000, tops[i + 1] - tops[i]), cancellation));
    }
}
