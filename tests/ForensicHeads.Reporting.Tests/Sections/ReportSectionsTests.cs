using ScottPlot;

namespace ForensicHeads.Reporting.Tests.Sections;

public sealed class ReportSectionsTests : IDisposable
{
    private static readonly ExperimentResults Results = Sample.Results(Sample.Items());
    private readonly string folder = Directory.CreateTempSubdirectory("fh-sections").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_section_from_elsewhere_stands_on_the_page_with_its_table_and_its_figure()
    {
        var inputs = Sample.Inputs(Sample.Items()) with { Tables = [] };
        var plain = File.ReadAllText(ReportWriter.Write(folder, Results, inputs));
        Assert.DoesNotContain("people-per-condition", plain, StringComparison.Ordinal);
        var html = File.ReadAllText(ReportWriter.Write(folder, Results, inputs, [.. ReportSections.All, new PeopleSection()]));
        Assert.Contains("<a href=\"#people-of-a-condition\">People of a condition</a>", html, StringComparison.Ordinal);
        var own = html[html.IndexOf("<h2 id=\"people-of-a-condition\"", StringComparison.Ordinal)..];
        Assert.Contains("<figure id=\"figure-people-per-condition\"", own, StringComparison.Ordinal);
        Assert.Contains("<td><span data-path=\"counts.n_identities\">12</span></td>", own, StringComparison.Ordinal);
        Assert.Equal("condition,people\nclean,12\nh264-crf23,12\n",
            File.ReadAllText(Path.Combine(folder, "figures", "people-per-condition.csv")));
        foreach (var ending in new[] { "svg", "png" }) Assert.True(
            File.Exists(Path.Combine(folder, "figures", $"people-per-condition.{ending}")));
        // What was there before stays as it was.
        Assert.Equal(plain[plain.IndexOf("<h2", StringComparison.Ordinal)..^Foot.Length],
            html[html.IndexOf("<h2", StringComparison.Ordinal)..][..^(own.Length)]);
    }

    [Fact]
    public void Every_figure_stands_once_on_the_page()
    {
        var html = File.ReadAllText(ReportWriter.Write(folder, Results, Sample.Inputs(Sample.Items())));
        var drawn = Directory.GetFiles(Path.Combine(folder, "figures"), "*.svg")
            .Select(file => Path.GetFileNameWithoutExtension(file)).ToArray();
        Assert.True(drawn.Length > 30, $"{drawn.Length} figures");
        Assert.All(drawn, name => Assert.Equal(2, html.Split($"<figure id=\"figure-{name}\"").Length));
    }

    [Fact]
    public void A_table_of_a_paper_shows_what_was_measured_before_what_guards_it() =>
        Assert.Equal(
            ["detection", "contrasts", "anchors", "controls", "horizon", "differences", "accuracy-differences", "quality"],
            ReportSections.TextTables(Results).Select(table => table.Name));

    private const string Foot = "</main>\n</body>\n</html>\n";

    /// <summary>How many people each condition was tested on.</summary>
    private sealed class PeopleSection : IReportSection
    {
        public string Title => "People of a condition";

        public IReadOnlyList<Figure> Figures { get; } = [new PeopleFigure()];

        public IEnumerable<FigureTable> Tables(ExperimentResults results) =>
            [FigureTable.Of("people-per-condition", ["condition", "people"], results.Conditions.Select(
                condition => new object?[] { condition, results.Counts.NIdentities }))];

        public IEnumerable<TextTable> TextTables(ExperimentResults results, string condition, string level) =>
            [new("people", "People.", ["condition"], [[condition]])];

        public string Html(SectionPage page) =>
            page.Pictures + HtmlText.Table(["people"],
                [[HtmlText.Number("counts.n_identities", NumberText.Count(page.Results.Counts.NIdentities))]]);
    }

    private sealed class PeopleFigure : Figure
    {
        public override string Kind => "people-per-condition";

        public override string Title(FigureTable table) => "People";

        public override string Caption(FigureTable table) => "People of each condition.";

        protected override void Draw(FigureTable table, Plot plot) =>
            plot.Add.Bars([.. Enumerable.Range(0, table.Rows.Count).Select(row => table.Number(row, "people")!.Value)]);
    }
}
