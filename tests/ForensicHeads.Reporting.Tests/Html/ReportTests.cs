using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ForensicHeads.Reporting.Tests.Html;

public sealed partial class ReportTests : IDisposable
{
    private static readonly List<ScoredItem> Items = Sample.Items();
    private static readonly ExperimentResults Small = Sample.Results(Items) with { Generation = [], CrossShot = [], Importance = [] };
    private static readonly ExperimentResults Bare = Small with { AccuracyPerShot = [], Anchors = [], Waterfall = [] };
    private readonly string folder = Directory.CreateTempSubdirectory("fh-report").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_number_of_the_page_is_the_one_in_results_json()
    {
        var html = File.ReadAllText(ReportWriter.Write(folder, Sample.Results(Items), Sample.Inputs(Items)));
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "results.json")));
        var numbers = Numbers().Matches(html);
        Assert.True(numbers.Count > 300, $"{numbers.Count} numbers");
        foreach (Match match in numbers)
        {
            var (path, text) = (WebUtility.HtmlDecode(match.Groups[1].Value), WebUtility.HtmlDecode(match.Groups[2].Value));
            var element = Find(json.RootElement, path);
            if (text == NumberText.Undefined)
            {
                Assert.Equal(JsonValueKind.Null, element.ValueKind);
                continue;
            }

            if (text == "< 0.001")
            {
                Assert.True(element.GetDouble() < 0.001);
                continue;
            }

            var decimals = text.Contains('.', StringComparison.Ordinal) ? text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
            var shown = double.Parse(text.Replace('−', '-').Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
            Assert.True(Math.Abs(shown - element.GetDouble()) <= (0.5 * Math.Pow(10, -decimals)) + 1e-9,
                $"{path}: page {text}, results.json {element}");
        }
    }

    [Fact]
    public void Calibration_drawn_for_another_condition_than_the_headline_s_says_so()
    {
        const string Told = "every stated likelihood ratio is 1";
        string Page(ExperimentResults results) => File.ReadAllText(ReportWriter.Write(folder, results, Sample.Inputs(Items)));
        Assert.DoesNotContain(Told, Page(Small), StringComparison.Ordinal);
        Assert.Contains($"In condition clean {Told}", Page(Small with { Headline = Small.Headline with { Condition = "clean" } }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void No_cell_of_a_table_holds_a_number_that_does_not_say_where_it_stands()
    {
        var html = File.ReadAllText(ReportWriter.Write(folder, Sample.Results(Items), Sample.Inputs(Items) with { Tables = [] }));
        var cells = Cells().Matches(html).Select(match => match.Groups[1].Value).ToArray();
        Assert.True(cells.Length > 1000, $"{cells.Length} cells");
        foreach (var cell in cells)
        {
            var left = WebUtility.HtmlDecode(Tags().Replace(Numbers().Replace(cell, ""), "")).Replace('−', '-').Trim();
            Assert.False(double.TryParse(left, NumberStyles.Any, CultureInfo.InvariantCulture, out _), $"a number without a place: {cell}");
        }
    }

    [Fact]
    public void Every_link_of_the_contents_leads_to_a_section_that_is_there()
    {
        var html = Page(Small);
        var links = Regex.Matches(html, "href=\"#([^\"]+)\"").Select(match => match.Groups[1].Value).ToArray();
        Assert.Contains("controls", links);
        Assert.DoesNotContain("worst-errors",
            Regex.Matches(Page(Small with { WorstErrors = [] }), "href=\"#([^\"]+)\"").Select(match => match.Groups[1].Value));
        Assert.All(links, link => Assert.Contains($"<h2 id=\"{link}\"", html, StringComparison.Ordinal));
    }

    [Fact]
    public void What_people_reached_goes_into_results_json_and_stands_beside_the_machines()
    {
        ReportWriter.Write(folder, Small, Sample.Inputs(Items) with { Tables = [] });
        var html = File.ReadAllText(ReportWriter.Rebuild(folder,
            HumanUserRow.Read("raters.csv", "rater,mode,shots,picked,shown\na,ft,1,6,10\nb,ft,1,4,10\na,ft,8,3,10\nb,ft,8,5,10\n")));
        Assert.Contains("<span data-path=\"human_user[0].accuracy\">0.500</span>", html, StringComparison.Ordinal);
        Assert.Equal([0.5, 0.4],
            CanonicalJson.Read<ExperimentResults>(Path.Combine(folder, "results.json")).HumanUser.Select(row => row.Accuracy));
        Assert.Contains("aria-label=\"people ft\"",
            File.ReadAllText(Path.Combine(folder, "figures", "machine-user-per-shot.h264-crf23.svg")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rater,mode,shots,picked\na,ft,1,6\n", "no column shown")]
    [InlineData("rater,mode,shots,picked,shown\na,ft,1,11,10\n", "line 2: 11 picked of 10 shown")]
    [InlineData("rater,mode,shots,picked,shown\na,xx,1,1,10\n", "neither ff nor ft")]
    [InlineData("rater,mode,shots,picked,shown\na,ft,1,5,10\na,ft,1,6,10\n", "line 3: rater \"a\" has a line for ft at 1 shots")]
    [InlineData("rater,mode,shots,picked,shown\na,ft,1.5,1,10\n", "shots \"1.5\" is not a whole number")]
    public void A_rating_study_with_a_mistake_is_refused_with_its_line(string csv, string words) =>
        Assert.Contains(words, Assert.Throws<UserErrorException>(() => HumanUserRow.Read("raters.csv", csv)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Rebuilding_and_writing_again_give_the_same_bytes()
    {
        var again = Path.Combine(folder, "again");
        var first = Path.Combine(folder, "first");
        ReportWriter.Write(first, Sample.Results(Items), Sample.Inputs(Items));
        ReportWriter.Write(again, Sample.Results(Items), Sample.Inputs(Items));
        var files = Directory.GetFiles(first, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(first, file)).Order()
            .ToArray();
        Assert.All(files, file => Assert.Equal(Hashes.OfFile(Path.Combine(first, file)), Hashes.OfFile(Path.Combine(again, file))));
        foreach (var made in files
            .Where(file => file.EndsWith(".svg", StringComparison.Ordinal) || file.EndsWith(".html", StringComparison.Ordinal))) File
            .Delete(Path.Combine(again, made));
        ReportWriter.Rebuild(again);
        Assert.All(files, file => Assert.Equal(Hashes.OfFile(Path.Combine(first, file)), Hashes.OfFile(Path.Combine(again, file))));
    }

    [Fact]
    public void The_page_is_self_contained_and_escapes_what_it_is_given()
    {
        var results = Small with { Warnings = ["<script>alert(1)</script> & \"quoted\""] };
        var html = File.ReadAllText(ReportWriter.Write(folder, results, Sample.Inputs(Items) with { Tables = [] }));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot;", html, StringComparison.Ordinal);
        Assert.Contains("<title>Demo: &lt;procedural&gt; heads &amp; nobody&#39;s face</title>", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(?!data:|#)", html);
        Assert.DoesNotMatch("url\\(|@import|https?:", html);
    }

    [Fact]
    public void The_first_screen_holds_the_answer_before_the_figures_and_a_failed_control_is_named()
    {
        var results = Small with { Controls = new Controls { Passthrough = ControlResult.Alike(0.7, 0.6, 0.8) } };
        results = results with { Headline = HeadlineBuilder.Build(results, "clean", Level.Frame, Method.Ft, Arm.Epochs) };
        var html = File.ReadAllText(ReportWriter.Write(folder, results, Sample.Inputs(Items) with { Tables = [] }));
        var answer = html.IndexOf("class=\"answer\">this experiment is unsound", StringComparison.Ordinal);
        Assert.InRange(answer, 1, html.IndexOf("<figure", StringComparison.Ordinal));
        Assert.InRange(html.IndexOf("<details><summary>What the words mean</summary>", StringComparison.Ordinal), answer,
            html.IndexOf("<figure", StringComparison.Ordinal));
        Assert.Contains("✗ fails", html, StringComparison.Ordinal);
        Assert.Contains("controls: 0 of 1 hold", html, StringComparison.Ordinal);
        Assert.Contains("Only 12 test people: the 95 % intervals of AUC are ", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_between_groups_is_told_first_only_where_its_interval_and_Holm_leave_0_out()
    {
        var sex = new GroupRow("sex", "f", 6, 0.6, 0.5, 0.7)
        { Difference = -0.3, DifferenceCiLow = -0.4, DifferenceCiHigh = -0.2, P = 0.002, PHolm = 0.01 };
        Assert.Equal(["False alarms are uneven by sex: for f (n = 6) TNR is lower by 0.30 [0.20, 0.40] than for the others (p = 0.010 "
            + "after Holm)."], GroupsSection.Gaps(Bare with { Groups = [sex] }));
        Assert.Empty(GroupsSection.Gaps(Bare with
        {
            Groups = [sex with { PHolm = 0.06 }, sex with { DifferenceCiHigh = 0.01 },
                sex with { DifferenceCiLow = null, DifferenceCiHigh = null }, sex with { PHolm = null }],
        }));
    }

    [Fact]
    public void A_control_stands_beside_the_condition_it_was_run_under()
    {
        var html = Page(Bare
            with
        {
            Controls = new Controls
            {
                TrivialPixels = ControlResult.Reported(0.7, 0.6, 0.8) with { Condition = "jpeg-50" },
                ContainerOnly = ControlResult.Reported(0.5, 0.4, 0.6)
            }
        });
        Assert.Contains("<td>trivial pixels</td><td>jpeg-50</td>", html, StringComparison.Ordinal);
        Assert.Contains("<td>container only</td><td>–</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_fixed_before_the_test_stands_on_the_page_where_there_is_any()
    {
        var html = Page(Bare);
        Assert.Contains("What was fixed on validation and calibration people", html, StringComparison.Ordinal);
        Assert.Contains("<td><span data-path=\"validation[0].video_threshold\">−0.250</span></td>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("What was fixed", Page(Bare with { Validation = [] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_quantity_is_compared_in_a_table_of_its_own_beside_what_it_belongs_to()
    {
        var html = Page(Bare
            with
        {
            Comparisons = [.. Bare.Comparisons.Take(3), .. Bare.Comparisons.Where(row => row.Quantity == "ssim"),
            Bare.Comparisons[1] with { Quantity = "accuracy" }]
        });
        string Part(string from, string to) =>
            html[html.IndexOf(from, StringComparison.Ordinal)..html.IndexOf(to, StringComparison.Ordinal)];
        var (detector, quality) =
            (Part("<h2 id=\"comparisons\"", "<h2 id=\"anchors\""), Part("<h2 id=\"quality-of", "<h2 id=\"limitations"));
        Assert.Matches("AUC difference.*\n(.*comparisons\\[[012]\\].*\n){3}</tbody>", detector);
        Assert.Matches("accuracy difference.*\n.*comparisons\\[4\\].*\n</tbody>", detector);
        Assert.Matches("SSIM difference.*\n.*comparisons\\[3\\].*\n</tbody>", quality);
        Assert.Contains("an anchor and its mode stand alone", detector, StringComparison.Ordinal);
        Assert.DoesNotContain("Holm", quality, StringComparison.Ordinal);
    }

    [Fact]
    public void The_quality_table_names_its_feature_network_counts_failures_and_sets_the_true_frames_beside_the_methods()
    {
        var html = Page(Sample.Results(Items));
        var quality = html[html.IndexOf("<h2 id=\"quality-of", StringComparison.Ordinal)..html.IndexOf(
            "<h2 id=\"limitations", StringComparison.Ordinal)];
        Assert.Contains("<th scope=\"col\">KID (judge-64 features) [95 %]</th>", quality, StringComparison.Ordinal);
        Assert.DoesNotMatch("<th[^>]*>FID", quality);
        // 3 nearest-shot and 3 affine-warp rows come first, then ff with its failures.
        Assert.Contains("<span data-path=\"generation[6].nme_failures\">3</span>", quality, StringComparison.Ordinal);
        Assert.Matches("<td>true frames</td><td><span data-path=\"generation\\[13\\].shots\">–</span>", quality);
        Assert.Contains("retrieval by guessing: <span data-path=\"generation[0].retrieval_chance\">0.083</span>", quality,
            StringComparison.Ordinal);
        Assert.Matches("NME difference.*ratio \\[95 %\\]", quality);
    }

    [Fact]
    public void A_report_without_any_item_is_still_a_report()
    {
        var results = new ExperimentResults { Headline = new Headline { Statement = "", Condition = "clean", Level = Level.Frame } };
        results = results with { Headline = HeadlineBuilder.Build(results, "clean", Level.Frame, Method.Ft, Arm.Epochs) };
        var html = File.ReadAllText(ReportWriter.Write(folder, results, new ReportInputs { Title = "nothing", Command = "none" }));
        Assert.Contains("No few-shot fakes were scored", html, StringComparison.Ordinal);
        Assert.Contains("No controls were run", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Rebuilding_a_folder_without_results_says_what_is_missing() =>
        Assert.Contains("results.json", Assert.Throws<UserErrorException>(() => ReportWriter.Rebuild(folder)).Message,
            StringComparison.Ordinal);

    private string Page(ExperimentResults results) =>
        File.ReadAllText(ReportWriter.Write(folder, results, Sample.Inputs(Items) with { Tables = [] }));

    private static JsonElement Find(JsonElement element, string path)
    {
        foreach (var step in path.Split('.', '['))
            element = step.EndsWith(']') ? element[int.Parse(step[..^1], CultureInfo.InvariantCulture)] : element.GetProperty(step);
        return element;
    }

    [GeneratedRegex("<span data-path=\"([^\"]+)\">([^<]*)</span>")]
    private static partial Regex Numbers();

    [GeneratedRegex("<td>(.*?)</td>")]
    private static partial Regex Cells();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
