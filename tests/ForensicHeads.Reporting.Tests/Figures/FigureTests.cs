using ForensicHeads.Testing;
using ForensicHeads.Reporting.Tests.Protocols;
using ScottPlot;
using SkiaSharp;

namespace ForensicHeads.Reporting.Tests.Figures;

public sealed class FigureTests : IDisposable
{
    private static readonly IReadOnlyList<FigureTable> Tables =
        [.. ReportSections.Tables(Sample.Results(Sample.Items())), .. Sample.ScoreTables(Sample.Items()),
            .. CompareTables.Build(RunComparison.Of(Sample.Runs())), .. ProtocolFigures.Of(ProtocolSample.Unseen()),
                .. ProtocolFigures.Of(ProtocolSample.Crossed()),
            .. ReportSections.Tables(Sample.Results([]) with { Tests = Sample.Tests() }).Where(table => table.Kind == "test-groups")];
    private readonly string folder = Directory.CreateTempSubdirectory("fh-figures").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_kind_of_figure_is_drawn_from_the_sample()
    {
        foreach (var kind in FigureWriter.ByKind.Keys) Assert.Contains(Tables, table => table.Kind == kind);
    }

    [Fact]
    public void No_marker_is_drawn_along_a_path_that_nobody_holds()
    {
        // These are drawn without a path; all others of ScottPlot let go of theirs too early.
        MarkerShape[] safe = [MarkerShape.None, MarkerShape.FilledCircle, MarkerShape.OpenCircle, MarkerShape.FilledSquare,
            MarkerShape.OpenSquare];
        var held = 0;
        foreach (var table in Tables)
        {
            using var plot = FigureWriter.ByKind[table.Kind].Plot(table);
            MarkerStyle[] styles = [.. plot.GetPlottables().OfType<IHasMarker>().Select(one => one.MarkerStyle)];
            Assert.All(styles, style => Assert.True(style.CustomRenderer is KeptMarker || safe.Contains(style.Shape), table.Name));
            held += styles.Count(style => style.CustomRenderer is KeptMarker);
        }

        Assert.True(held > 0);
    }

    [Fact]
    public void The_page_about_reports_says_of_every_kind_which_question_it_answers()
    {
        var rows = File.ReadLines(Repository.At("docs/reports.md")).SkipWhile(line => line != "| question | figure |").Skip(2)
            .TakeWhile(line => line.StartsWith('|')).SelectMany(line => line.Split('|')[2].Split('`').Where((_, i) => i % 2 == 1));
        Assert.Equal(FigureWriter.ByKind.Keys.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Areas_and_accuracies_are_drawn_from_0_to_1_and_differences_say_what_their_sides_mean()
    {
        foreach (var table in Tables)
        {
            var figure = FigureWriter.ByKind[table.Kind];
            using var plot = figure.Plot(table);
            var limits = plot.Axes.GetLimits();
            if (figure is ShotFigure or Reporting.Sections.Waterfall.WaterfallFigure) Assert.True(
                limits is { Bottom: <= 0 and > -0.1, Top: >= 1 and < 1.2 }, table.Name);
            if (figure is not DotFigure) continue;
            if (plot.Axes.Bottom.Label.Text == "AUC") Assert.True(limits is { Left: <= 0 and > -0.1, Right: >= 1 and < 1.1 }, table.Name);
            else Assert.Matches("^difference of AUC\n← [^←→|]+ (harder to detect|better)   \\|   [^←→|]*(easier|better) →$",
                plot.Axes.Bottom.Label.Text);
        }
    }

    [Fact]
    public void Words_about_every_series_are_dark_enough_to_read_on_white()
    {
        // The contrast of the Web Content Accessibility Guidelines; 4.5 is asked for text.
        static double Channel(byte value) =>
            value / 255.0 <= 0.03928 ? value / 255.0 / 12.92 : Math.Pow(((value / 255.0) + 0.055) / 1.055, 2.4);
        for (var series = 0; series < 7; series++)
        {
            var colour = FigureStyle.TextColour(series);
            var contrast = 1.05 / ((0.2126 * Channel(colour.R)) + (0.7152 * Channel(colour.G)) + (0.0722 * Channel(colour.B)) + 0.05);
            Assert.True(contrast >= 4.5, $"series {series}: {contrast}");
        }
    }

    [Fact]
    public void Neighbouring_ticks_of_a_narrow_range_do_not_read_alike()
    {
        var table =
            FigureTable.Of("fid-per-shot", ["series", "shots", "value", "ci_low", "ci_high", "arm", "judge", "n_identities", "n_frames"],
            new[] { 1, 8, 32 }.Select((shots, i) => new object?[] { "ff", shots, 1.32 - (0.1 * i), null, null, "", "judge", 12, 192 }));
        var svg = FigureWriter.Write(folder, table)!.Svg;
        var ticks = System.Text.RegularExpressions.Regex.Matches(svg, "aria-label=\"(1\\.[0-9]+)\"").Select(match => match.Groups[1].Value)
            .ToArray();
        Assert.True(ticks.Length >= 3 && ticks.Distinct().Count() == ticks.Length, string.Join(' ', ticks));
    }

    [Fact]
    public void Every_table_draws_the_same_bytes_twice_and_again_from_its_own_csv()
    {
        foreach (var table in Tables)
        {
            var first = FigureWriter.Write(folder, table, within: "a")!;
            var again = FigureWriter.Write(folder, FigureTable.Parse(table.Name, table.ToCsv()), within: "b")!;
            foreach (var ending in new[] { ".csv", ".svg", ".png" })
                Assert.Equal(Hashes.OfFile(Path.Combine(folder, "a", table.Name + ending)),
                    Hashes.OfFile(Path.Combine(folder, "b", table.Name + ending)));
            Assert.Equal((table.Name, first.Title, first.Caption), (again.Name, again.Title, again.Caption));
            // Whole sentences, with nothing left to fill in.
            Assert.Matches(@"^[^{}]+[.)]$", first.Caption);
        }
    }

    [Fact]
    public void A_png_has_twice_the_pixels_and_an_svg_names_no_font_and_keeps_its_words()
    {
        var figure = FigureWriter.Write(folder, Tables[0])!;
        using var png = SKBitmap.Decode(Path.Combine(folder, "figures", figure.Name + ".png"));
        Assert.Equal((2 * figure.Width, 2 * figure.Height), (png.Width, png.Height));
        Assert.DoesNotContain("<text", figure.Svg, StringComparison.Ordinal);
        Assert.DoesNotContain("font-family", figure.Svg, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"chance\"", figure.Svg, StringComparison.Ordinal);
        Assert.Contains("n = 12 people", figure.Svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_of_undefined_values_is_drawn_without_them()
    {
        foreach (var table in Tables.Where(table => table.Columns.Contains("value") || table.Columns.Contains("auc")))
        {
            var hollow = table with
            {
                Rows = [.. table.Rows.Select((row, r) =>
                    (IReadOnlyList<string>)[.. row.Select(
                        (cell, i) => r > 0 && table.Columns[i] is "value" or "auc" or "ci_low" or "ci_high" ? "" : cell)])],
            };
            var figure = FigureWriter.Write(folder, hollow)!;
            Assert.Equal(table.Name, figure.Name);
            Assert.DoesNotContain("NaN", figure.Svg, StringComparison.Ordinal);
            using var png = SKBitmap.Decode(Path.Combine(folder, "figures", figure.Name + ".png"));
            Assert.Equal((2 * figure.Width, 2 * figure.Height), (png.Width, png.Height));
        }
    }

    [Fact]
    public void Quality_figures_show_the_curves_of_every_arm_and_the_truth_and_leave_other_attackers_to_the_table()
    {
        var sample = Sample.Results([]);
        GenerationRow Like(string mode, int? shots, Arm? arm) =>
            sample.Generation.First(row => row.Mode == Method.Ft) with { Mode = Method.Of(mode), Shots = shots, Arm = arm };
        var tables = ReportSections.Tables(sample with
        {
            Generation = [.. sample.Generation, Like("ft", 8, Arm.Updates),
            Like("self-blended", 8, null)]
        }).DistinctBy(table => table.Kind).ToDictionary(table => table.Kind);
        string[] Series(string kind) =>
            [.. Enumerable.Range(0, tables[kind].Rows.Count).Select(row => tables[kind].Text(row, "series")).Distinct()];
        Assert.Equal(["nearest-shot", "affine-warp", "ff", "ft (epochs)", "ft (updates)"], Series("ssim-per-shot"));
        Assert.Equal([.. Series("ssim-per-shot"), "truth"], Series("nme-per-shot"));
        Assert.Equal([.. Series("ssim-per-shot"), "truth", "chance"], Series("retrieval-per-shot"));
        var kid = FigureWriter.Write(folder, tables["kid-per-shot"])!;
        Assert.Contains("aria-label=\"KID (judge-64 features)\"", kid.Svg, StringComparison.Ordinal);
        Assert.Contains("Measured with judge-64 features.", kid.Caption, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"true frames\"", FigureWriter.Write(folder, tables["identity-per-shot"])!.Svg,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_importance_caption_names_validation_people_and_the_condition_and_mentions_intervals_only_where_there_are_some()
    {
        string Caption(params ImportanceRow[] rows) =>
            FigureWriter.Write(folder, ReportSections.Tables(Sample.Results([]) with { Importance = rows }).Single(table =>
                table.Kind == "importance"))!.Caption;
        Assert.Contains("permuted among the frames of validation people, condition h264-crf23;",
            Caption(new ImportanceRow("srm", 0.1, Condition: "h264-crf23")), StringComparison.Ordinal);
        Assert.DoesNotContain("interval", Caption(new ImportanceRow("srm", 0.1)), StringComparison.Ordinal);
        Assert.EndsWith("Lines: 95 % intervals.", Caption(new ImportanceRow("srm", 0.1), new ImportanceRow("cnn", 0.2, 0.1, 0.3)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Probabilities_that_are_right_at_even_odds_lie_on_the_diagonal_however_many_fakes_meet_a_real_video()
    {
        // Of ten videos of a class, two get the probability that fits the other class.
        IEnumerable<ScoredItem> Videos(int? shots) => Enumerable.Range(0, 10).Select(i => new ScoredItem
        {
            Identity = $"p{i}",
            Video = $"p{i}",
            Key = $"{shots}-{i}",
            Origin = Origins.Of(shots is null ? null : "ft", shots, Arm.Epochs),
            Condition = "clean",
            Level = Level.Video,
            Score = i,
            Probability = i < 2 == shots is null ? 0.8 : 0.2,
        });
        ScoredItem[] videos = [.. new int?[] { null, 1, 8, 32 }.SelectMany(Videos)];
        var items = videos.Concat(videos.Select(item => item with { Level = Level.Frame, Probability = null })).ToArray();
        var table = ReportSections.Tables(new HeadlineScores(items, "clean", Level.Frame, Arm.Epochs)).Single(table =>
            table.Kind == "reliability");
        Assert.Equal((2, "video"), (table.Rows.Count, table.Text(0, "level")));
        for (var row = 0; row < 2; row++) Assert.Equal(
            table.Number(row, "mean_probability")!.Value, table.Number(row, "observed_rate")!.Value, 1e-12);
    }

    [Fact]
    public void Calibration_is_drawn_where_it_says_something_when_the_headline_s_ratios_are_all_one()
    {
        var items = Sample.Items();
        var of = items.First(item => item.Llr is not null).Condition;
        var mute = items.Select(item => item.Llr is null ? item : item with { Llr = 0, Probability = 0.5, Condition = "mute" });
        string[] kinds = ["reliability", "tippett", "cross-entropy"];
        IEnumerable<string> Conditions(IEnumerable<ScoredItem> scored) =>
            ReportSections.Tables(new HeadlineScores([.. scored], "mute", Level.Frame, Arm.Epochs))
                .Where(table => kinds.Contains(table.Kind))
                .Select(table => table.Text(0, "condition")).Distinct();
        Assert.Equal([of], Conditions([.. mute, .. items]));
        Assert.Equal(["mute"], Conditions(mute));
    }

    [Theory]
    [InlineData(12, 12, "n = 12 people · 1 video")]
    [InlineData(12, 7, "n = 7 to 12 people · 1 video")]
    [InlineData(1, null, "n = 1 person · 1 video")]
    public void Counts_of_a_figure_are_a_range_where_its_rows_differ(int first, int? second, string told) =>
        Assert.Equal(told, FigureCounts.Of(FigureTable.Of("t", ["n_identities", "n_videos"], [[first, 1], [second, 1]])));

    [Fact]
    public void Csv_keeps_commas_quotes_and_line_ends()
    {
        var table = FigureTable.Of("t", ["a", "b"], [["x,\"y\"\nz", 0.1], [null, 1e-17]]);
        var back = FigureTable.Parse("t", table.ToCsv());
        Assert.Equal("x,\"y\"\nz", back.Text(0, "a"));
        Assert.Equal(1e-17, back.Number(1, "b"));
        Assert.Null(back.Number(1, "a"));
    }

    [Fact]
    public void A_damaged_csv_says_file_row_and_remedy()
    {
        Assert.Contains("t.csv, row 2 has 1 cells", Assert.Throws<UserErrorException>(() => FigureTable.Parse("t", "a,b\n1\n")).Message,
            StringComparison.Ordinal);
        Assert.Contains("\"x\" is not a number",
            Assert.Throws<UserErrorException>(() => FigureTable.Parse("t", "a\nx\n").Number(0, "a")).Message, StringComparison.Ordinal);
        Assert.Contains("no column b", Assert.Throws<UserErrorException>(() => FigureTable.Parse("t", "a\nx\n").Text(0, "b")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_grid_shows_each_picture_in_its_cell_and_refuses_ragged_rows()
    {
        var red = new RgbImage(8, 8);
        for (var i = 0; i < 64; i++) red.Pixels[3 * i] = 255;
        var grid = new PictureGrid(["shots", "truth"], [new PictureRow("a", [red, null])]) { CellSize = 64 };
        using var png = SKBitmap.Decode(grid.ToPng());
        var reds = png.Pixels.Count(pixel => pixel is { Red: 255, Green: 0, Blue: 0 });
        Assert.Equal(64 * 64, reds);
        Assert.Equal(grid.ToPng(), grid.ToPng());
        Assert.Throws<UserErrorException>(() => new PictureGrid(["one"], [new PictureRow("a", [red, red])]).ToPng());
    }
}
