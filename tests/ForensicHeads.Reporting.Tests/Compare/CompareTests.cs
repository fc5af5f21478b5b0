using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ForensicHeads.Reporting.Tests.Compare;

public sealed class CompareTests : IDisposable
{
    private static readonly ComparedRun[] Runs = Sample.Runs();
    private static readonly RunComparison Comparison = RunComparison.Of(Runs);
    private readonly string folder = Directory.CreateTempSubdirectory("fh-compare").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Differences_are_paired_on_shared_people_and_equal_those_of_the_scores()
    {
        var row = Comparison.Differences.Single(row => row is { Mode.Mode: Mode.Ft, Shots: 8 });
        Assert.Equal(("first", "harder", 8), (row.First, row.Second, row.NIdentities));
        IEnumerable<ClusteredScore> Scores(ComparedRun run) =>
            run.Scores.Where(item => !item.Generated || item is { Mode.Mode: Mode.Ft, Shots: 8 })
            .Select(item => new ClusteredScore(item.Identity, item.Generated, item.Score));
        var expected = ClusteredAuc.Difference(Scores(Runs[0]), Scores(Runs[1]));
        Assert.Equal((expected.Difference.Value, expected.Difference.Low, expected.Difference.High, expected.P),
            (row.Difference, row.CiLow, row.CiHigh, row.P));
        Assert.True(row.Difference > 0.1);
        Assert.Equal(Holm.Adjust([.. Comparison.Differences.Select(other => other.P)]),
            Comparison.Differences.Select(other => other.PHolm));
    }

    [Fact]
    public void Experiments_without_shared_people_stand_side_by_side_and_the_page_says_that_nothing_is_paired()
    {
        Assert.DoesNotContain(Comparison.Differences, row => row.Second == "others");
        Assert.Equal(
            ["first and others share no person tested on the same true frames: their numbers stand side by side, and no difference "
            + "between them is paired.",
            "harder and others share no person tested on the same true frames: their numbers stand side by side, and no difference "
                + "between them is paired."], Comparison.Notes);
        Assert.Contains(Comparison.Points, point => point.Run == "others");
    }

    [Fact]
    public void The_same_name_with_other_frames_is_not_the_same_person()
    {
        var renamed = Runs[1]
            with
        { Scores = [.. Runs[1].Scores.Select(item => item.Identity == "p00" ? item with { Key = "other-" + item.Key } : item)] };
        Assert.All(RunComparison.Of([Runs[0], renamed]).Differences, row => Assert.Equal(7, row.NIdentities));
    }

    [Fact]
    public void Quality_is_paired_person_by_person_and_names_the_better_one_only_where_the_interval_leaves_no_doubt()
    {
        var (first, second) = (Sample.MeasuredRun("first", 0.1), Sample.MeasuredRun("second", 0.15));
        var rows = RunComparison.Of([first, second]).QualityDifferences;
        Assert.Equal(["ssim", "psnr", "nme", "identity_similarity", "kid", "fid"],
            rows.Where(row => row.Shots == 8).Select(row => row.Quantity));
        RunQualityDifference Row(string quantity) => rows.Single(row => row.Quantity == quantity && row.Shots == 8);
        Assert.Equal((0.05, "first", 8), (Math.Round(Row("ssim").Difference!.Value, 9), Row("ssim").Better, Row("ssim").NIdentities));
        // Less is better there.
        Assert.Equal((-0.005, "first"), (Math.Round(Row("nme").Difference!.Value, 9), Row("nme").Better));
        Assert.Equal((true, "first"), (Row("fid").CiHigh < 0, Row("fid").Better));
        Assert.Equal(Holm.Adjust([.. rows.Select(row => row.P)]), rows.Select(row => row.PHolm));
        // Against itself nothing is better.
        Assert.All(RunComparison.Of([first, first with { Name = "again" }]).QualityDifferences, row =>
            Assert.Equal((0.0, null), (row.Difference, row.Better)));
    }

    [Fact]
    public void Quality_by_other_networks_or_of_other_people_is_not_set_against_each_other()
    {
        var (first, second) = (Sample.MeasuredRun("first", 0.1), Sample.MeasuredRun("second", 0.15));
        string[] Quantities(ComparedRun other) =>
            [.. RunComparison.Of([first, other]).QualityDifferences.Select(row => row.Quantity).Distinct()];
        ComparedRun With(Func<GenerationRow, GenerationRow> change) =>
            second with { Results = second.Results with { Generation = [.. second.Results.Generation.Select(change)] } };
        Assert.Equal(["ssim", "psnr", "identity_similarity", "kid", "fid"], Quantities(With(row => row with { NmeModel = "other" })));
        Assert.Equal(["ssim", "psnr", "nme"], Quantities(With(row => row with { IdentityModel = "other", FeatureNetwork = "other" })));
        // One person was tested on other frames: the others still pair, the distances, which hold all, do not.
        var moved = second with
        { Scores = [.. second.Scores.Select(item => item.Identity == "p00" ? item with { Key = "other-" + item.Key } : item)] };
        Assert.Equal(["ssim", "psnr", "nme", "identity_similarity"], Quantities(moved));
        Assert.Empty(Quantities(second with { Quality = Sample.Runs()[0].Quality }));
    }

    [Fact]
    public void The_first_figure_has_a_line_for_every_experiment_also_where_a_headline_names_no_arm()
    {
        var older = Runs[1] with { Results = Runs[1].Results with { Headline = Runs[1].Results.Headline with { Arm = null } } };
        var table = CompareTables.Build(RunComparison.Of([Runs[0], older, Runs[2]]))
            .Single(table => table.Name == "runs-per-shot.headline");
        Assert.Equal(["first", "harder", "others"],
            Enumerable.Range(0, table.Rows.Count).Select(row => table.Text(row, "series")).Distinct());
    }

    [Fact]
    public void The_page_holds_no_number_that_is_not_in_compare_json_and_escapes_what_it_is_given()
    {
        var comparison = RunComparison.Of([.. Runs, Sample.MeasuredRun("measured", 0.1), Sample.MeasuredRun("worse", 0.2)]);
        Assert.NotEmpty(comparison.QualityDifferences);
        var html = File.ReadAllText(CompareWriter.Write(folder, comparison, "./forensicheads report compare \"a\" b"));
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "compare.json")));
        var numbers = Regex.Matches(html, "<span data-path=\"([^\"]+)\">([^<]*)</span>");
        Assert.True(numbers.Count > 100, $"{numbers.Count} numbers");
        foreach (Match match in numbers)
        {
            var text = WebUtility.HtmlDecode(match.Groups[2].Value);
            var element = match.Groups[1].Value.Split('.', '[')
                .Aggregate(json.RootElement, (at, step) =>
                    step.EndsWith(']') ? at[int.Parse(step[..^1], CultureInfo.InvariantCulture)] : at.GetProperty(step));
            if (text == NumberText.Undefined) Assert.Equal(JsonValueKind.Null, element.ValueKind);
            else if (text == "< 0.001") Assert.True(element.GetDouble() < 0.001);
            else Assert.Equal(element.GetDouble(),
                double.Parse(text.Replace('−', '-').Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), 0.000501);
        }

        Assert.Contains("headline of &lt;harder&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(?!data:|#)", html);
        Assert.True(File.Exists(Path.Combine(folder, "figures", "runs-per-shot.headline.svg")));
        Assert.True(File.Exists(Path.Combine(folder, "tables", "run-differences.tex")));
    }

    [Fact]
    public void A_table_for_LaTeX_escapes_what_LaTeX_would_take_for_a_command_and_has_as_many_cells_as_columns()
    {
        var table = new TextTable("t", "50 % of A & B_1", ["a_b", "c"], [["x & y", "−0.1 [−0.2, < 0.3]"], ["\\cmd{}", "#1 $ ^ ~"]]);
        var latex = table.ToLatex();
        Assert.Contains("\\caption{50 \\% of A \\& B\\_1}", latex, StringComparison.Ordinal);
        Assert.Contains("a\\_b & c \\\\", latex, StringComparison.Ordinal);
        Assert.Contains("x \\& y & $-$0.1 [$-$0.2, \\textless{} 0.3] \\\\", latex, StringComparison.Ordinal);
        Assert.Contains("\\textbackslash{}cmd\\{\\} & \\#1 \\$ \\textasciicircum{} \\textasciitilde{} \\\\", latex,
            StringComparison.Ordinal);
        Assert.Equal("cap\n\n| a | b |\n|---|---|\n| x \\| y | z |\n",
            new TextTable("t", "cap", ["a", "b"], [["x | y", "z"]]).ToMarkdown());
    }

    [Theory]
    [InlineData("ê, e\u0302, x\u0302 and ψ\u0302", @"\^{e}, \^{e}, \^{x} and $\hat{\psi}$")]
    [InlineData("0.1 ≤ x ≥ ±2 × 3", @"0.1 $\le$ x $\ge$ $\pm$2 $\times$ 3")]
    [InlineData("“a” … ‘b’ → c – d", @"``a'' \ldots{} `b' $\rightarrow$ c -- d")]
    [InlineData("χ² (McNemar) X^2", @"$\chi$\textsuperscript{2} (McNemar) X\textasciicircum{}2")]
    [InlineData("½ (TPR + TNR), 95 % [−0.1, 0.2]", @"1/2 (TPR + TNR), 95 \% [$-$0.1, 0.2]")]
    [InlineData("Zoë, Łódź, Ångström, Çelik, Straße", @"Zo\""{e}, \L{}\'{o}d\'{z}, \r{A}ngstr\""{o}m, \c{C}elik, Stra\ss{}e")]
    [InlineData("安 😀 Ж", @"\symbol{""5B89} \symbol{""1F600} \symbol{""416}")]
    [InlineData("a | b", @"a \textbar{} b")]
    [InlineData("[first", "{[}first")]
    public void Symbols_and_accents_become_what_LaTeX_calls_them(string text, string latex) => Assert.Equal(latex, LatexText.Of(text));

    [Fact]
    public void Every_table_in_LaTeX_is_ASCII()
    {
        TextTable[] tables = [.. ReportSections.TextTables(Sample.Results(Sample.Items())),
            .. CompareTables.TextTables(RunComparison.Of(Sample.Runs()))];
        Assert.Contains(tables, table => table.ToMarkdown().Any(c => !char.IsAscii(c)));
        Assert.All(tables, table => Assert.True(table.ToLatex().All(char.IsAscii), table.Name));
        // Every character of one unit of UTF-16, unsafe and half ones too.
        Assert.True(LatexText.Of(string.Concat(Enumerable.Range(0, 0x10000).Select(c => (char)c))).All(char.IsAscii));
    }

    [Fact]
    public void The_tables_of_a_report_hold_its_numbers_with_n_and_intervals()
    {
        var results = Sample.Results(Sample.Items());
        var tables = ReportSections.TextTables(results).ToDictionary(table => table.Name);
        Assert.Equal(["accuracy-differences", "anchors", "contrasts", "controls", "detection", "differences", "horizon", "quality"],
            tables.Keys.Order());
        var row = results.AccuracyPerShot.First(row => row is
        { Condition: "h264-crf23", Detector: "artefact", Mode.Mode: Mode.Ft, Shots: 8 });
        Assert.Contains(tables["detection"].Rows, cells => cells.SequenceEqual(
            ["artefact", "ft (epochs)", "8", "12",
                $"{NumberText.Rate(row.Auc)} [{NumberText.Rate(row.AucCiLow)}, {NumberText.Rate(row.AucCiHigh)}]",
                $"{NumberText.Rate(row.Accuracy)} [{NumberText.Rate(row.CiLow)}, {NumberText.Rate(row.CiHigh)}]",
                NumberText.Rate(row.Tpr), NumberText.Rate(row.Tnr), NumberText.Rate(row.Eer), NumberText.Rate(row.Cllr)]));
        Assert.All(ReportSections.TextTables(results, "clean").Single(table => table.Name == "detection").Rows, cells =>
            Assert.Equal(10, cells.Count));
        Assert.NotEqual(tables["detection"].Rows[0][4],
            ReportSections.TextTables(results, "clean").Single(table => table.Name == "detection").Rows[0][4]);
    }
}
