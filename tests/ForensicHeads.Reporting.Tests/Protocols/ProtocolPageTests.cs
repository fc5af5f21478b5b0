using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ForensicHeads.Reporting.Tests.Protocols;

public sealed partial class ProtocolPageTests : IDisposable
{
    private static readonly ProtocolFacts Facts = new("./forensicheads detect evaluate --out \"<here>\"", [new("device", "cpu")]);
    private readonly string folder = Directory.CreateTempSubdirectory("fh-protocol").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_number_of_the_page_of_unseen_generators_is_the_one_in_results_json_and_none_stands_without_its_place()
    {
        var html = File.ReadAllText(ProtocolWriter.Write(folder, ProtocolSample.Unseen(), Facts));
        Assert.True(Same(html, CanonicalJson.ToText(ProtocolSample.Unseen())) > 60);
        foreach (Match cell in Cells().Matches(html))
        {
            var left = WebUtility.HtmlDecode(Tags().Replace(Numbers().Replace(cell.Groups[1].Value, ""), "")).Replace('−', '-').Trim();
            Assert.False(double.TryParse(left, NumberStyles.Any, CultureInfo.InvariantCulture, out _),
                $"a number without a place: {cell.Value}");
        }
    }

    [Fact]
    public void The_page_says_the_answer_its_doubts_the_case_studies_what_was_left_out_and_how_to_make_it_again()
    {
        Assert.DoesNotContain("holds 0",
            Page(ProtocolSample.Unseen() with { Margins = [new("trivial_pixels", true, new Estimate(0.2, 0.1, 0.3, 2))] }),
            StringComparison.Ordinal);
        Assert.Contains("No baseline was run", Page(ProtocolSample.Unseen() with { Margins = [] }), StringComparison.Ordinal);
        var html = Page(ProtocolSample.Unseen());
        Assert.Contains("<p class=\"answer\">Macro AUC 0.700 &lt;of&gt; two</p>", html, StringComparison.Ordinal);
        Assert.Contains("The interval of the margin over the best baseline (trivial_pixels) holds 0", html, StringComparison.Ordinal);
        Assert.Contains("<span data-path=\"groups[0].won.container_only\">0.500</span>", html, StringComparison.Ordinal);
        Assert.Contains("<li>2 clips: 1 of at least 8 frames</li>", html, StringComparison.Ordinal);
        Assert.Contains("<li>b/&lt;clip&gt;: 1 of at least 8 frames</li>", html, StringComparison.Ordinal);
        Assert.Contains("detect evaluate --out &quot;&lt;here&gt;&quot;", html, StringComparison.Ordinal);
        Assert.Contains(new string('c', 64), html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(?!data:|#)", html);
        Assert.DoesNotMatch("url\\(|@import|https?:|<script", html);
        foreach (var name in new[] { "unseen-generators", "unseen-scorers", "unseen-margins" })
        {
            Assert.Contains($"id=\"figure-{name}\"", html, StringComparison.Ordinal);
            Assert.All(new[] { "csv", "svg", "png" }, ending =>
                Assert.True(File.Exists(Path.Combine(folder, "figures", $"{name}.{ending}"))));
        }

        // Each generator by the detector, the best baseline and the container; a generator of one clip has no dot.
        var rows = File.ReadAllLines(Path.Combine(folder, "figures", "unseen-generators.csv"));
        Assert.Equal(["A,container_only", "A,detector", "A,trivial_pixels", "B,container_only", "B,detector", "B,trivial_pixels"],
            rows.Skip(1).Select(row => string.Join(',', row.Split(',')[..2])).Order(StringComparer.Ordinal));
        Assert.Equal(6, File.ReadAllLines(Path.Combine(folder, "figures", "unseen-scorers.csv")).Length - 1);
        Assert.All(Regex.Matches(html, "href=\"#([^\"]+)\"").Select(match => match.Groups[1].Value), link =>
            Assert.Contains($"<h2 id=\"{link}\"", html, StringComparison.Ordinal));
    }

    [Fact]
    public void A_figure_of_an_earlier_run_that_this_one_cannot_draw_goes_and_nothing_else()
    {
        Page(ProtocolSample.Unseen());
        File.WriteAllText(Path.Combine(folder, "figures", "mine.csv"), "mine");
        Page(ProtocolSample.Unseen() with { Margins = [], Subset = null });
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "figures"), "unseen-margins.*"));
        Assert.Equal(["mine.csv", "unseen-generators.csv", "unseen-scorers.csv"],
            Directory.GetFiles(Path.Combine(folder, "figures"), "*.csv").Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Pairs_that_were_kept_on_one_side_and_a_subset_that_could_not_be_found_are_said()
    {
        Assert.DoesNotContain("kept on one side", Page(ProtocolSample.Unseen()), StringComparison.Ordinal);
        var html = Page(ProtocolSample.Unseen() with { NearDuplicates = ["a/<x> and b/y: frames look the same"], Subset = null });
        Assert.Contains("<li>1 pair of clips looks alike without a common person, group, driver or source. They were kept on one side",
            html, StringComparison.Ordinal);
        Assert.Contains("<li>a/&lt;x&gt; and b/y: frames look the same</li>", html, StringComparison.Ordinal);
        Assert.Contains("at least five people of each class", html, StringComparison.Ordinal);
        Assert.Contains("kept on one side",
            File.ReadAllText(ProtocolWriter.Write(folder, ProtocolSample.Crossed() with { NearDuplicates = ["a and b: alike"] }, Facts)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_of_a_crossing_names_the_weakest_one_and_shows_every_pair()
    {
        var html = File.ReadAllText(ProtocolWriter.Write(folder, ProtocolSample.Crossed(), Facts));
        Assert.Contains(
            "trained on ff and tested on ft, the weakest crossing reaches AUC 0.61 [0.40, 0.80]; trained on ft itself: 0.90 [0.70, 0.97].",
            html, StringComparison.Ordinal);
        Assert.True(Same(html, CanonicalJson.ToText(ProtocolSample.Crossed())) > 35);
        foreach (var words in new[] { ">trivial_pixels</th>", "data-path=\"baselines[0].cells[2].auc.value\">0.54",
            "<li>trivial_pixels: seven &lt;statistics&gt;</li>", "<li>a &lt;note&gt;</li>" }) Assert.Contains(
                words, html, StringComparison.Ordinal);
        Assert.Contains("id=\"figure-cross-slices\"", html, StringComparison.Ordinal);
        Assert.Contains("Every clip of the stores was scored", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(?!data:|#)", html);
    }

    [Fact]
    public async Task It_opens_offline_without_an_error_and_never_scrolls_sideways()
    {
        var program = Html.Browser.Find();
        Assert.SkipWhen(program is null, "Chromium is not installed: apt-get install chromium.");
        var path = ProtocolWriter.Write(folder, ProtocolSample.Unseen(), Facts);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        await using var browser = await Html.Browser.StartAsync(program!, limit.Token);
        foreach (var width in new[] { 400, 1400 })
        {
            await browser.OpenAsync(path, width, "light", limit.Token);
            Assert.Empty(browser.Complaints);
            Assert.All(browser.Requests, url => Assert.Equal(new Uri(path).AbsoluteUri, url));
            Assert.True(await browser.NumberAsync("document.documentElement.scrollWidth", limit.Token) <= width,
                $"{width} px: the page scrolls sideways");
        }
    }

    private string Page(GeneralisationResults results) => File.ReadAllText(ProtocolWriter.Write(folder, results, Facts));

    private static int Same(string html, string results)
    {
        using var json = JsonDocument.Parse(results);
        var numbers = Numbers().Matches(html);
        foreach (Match match in numbers)
        {
            var (path, text) = (WebUtility.HtmlDecode(match.Groups[1].Value), WebUtility.HtmlDecode(match.Groups[2].Value));
            var element = json.RootElement;
            foreach (var step in path.Split('.', '[')) element = step.EndsWith(']')
                ? element[int.Parse(step[..^1], CultureInfo.InvariantCulture)] : element.GetProperty(step);
            if (text == NumberText.Undefined)
            {
                Assert.Equal(JsonValueKind.Null, element.ValueKind);
                continue;
            }

            var decimals = text.Contains('.', StringComparison.Ordinal) ? text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
            Assert.True(Math
                .Abs(double.Parse(text.Replace('−', '-').Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) - element
                .GetDouble()) <= (0.5 * Math.Pow(10, -decimals)) + 1e-9, $"{path}: page {text}, results.json {element}");
        }

        return numbers.Count;
    }

    [GeneratedRegex("<span data-path=\"([^\"]+)\">([^<]*)</span>")]
    private static partial Regex Numbers();

    [GeneratedRegex("<td>(.*?)</td>")]
    private static partial Regex Cells();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
