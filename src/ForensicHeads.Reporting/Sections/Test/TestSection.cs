using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Test;

/// <summary>How saved detectors did, all generated items together and group by group.</summary>
internal sealed class TestSection : IReportSection
{
    private const string Everything = "everything";

    public string Title => "How the detectors did";

    public IReadOnlyList<Figure> Figures { get; } =
    [
        new DotFigure("test-groups", "Each group of fakes", "AUC of the generated items of each group against the same real ones.", 480),
    ];

    public IEnumerable<FigureTable> Tables(ExperimentResults results) =>
        results.Tests.Where(row => row.Level == results.Headline.Level).GroupBy(row => row.Condition, StringComparer.Ordinal)
            .Select(group => FigureTable.Of($"test-groups.{FigureTable.Slug(group.Key)}", DotFigure.Columns, group.Select(row =>
                new object?[]
                {
                    Group(row), row.Detector, row.Auc, row.AucCiLow, row.AucCiHigh, row.Condition, row.Level, "", row.NIdentities,
                })));

    public IEnumerable<TextTable> TextTables(ExperimentResults results, string condition, Level level) =>
    [
        new(TestRow.TableName,
            $"Each detector on test people, {level.Text()} level, against the same real {level.Text()}s in every row. "
            + $"{TextTable.Intervals} Accuracy is ½ (TPR + TNR).",
            ["detector", "condition", "fakes", "people", "n real", "n generated", "accuracy", "AUC", "TPR", "TNR"],
            [.. results.Tests.Where(row => row.Level == level).Select(row => (IReadOnlyList<string>)
            [
                row.Detector, row.Condition, Group(row), Count(row.NIdentities), Count(row.NReal), Count(row.NGenerated),
                Interval(row.Accuracy, row.CiLow, row.CiHigh, Rate), Interval(row.Auc, row.AucCiLow, row.AucCiHigh, Rate), Rate(row.Tpr),
                Rate(row.Tnr),
            ])]),
    ];

    public string Html(SectionPage page) => page.Results.Tests.Count == 0 ? "" : page.Pictures + Table(
        "tests", page.Results.Tests,
        ["detector", "condition", "level", "fakes", "people", "n real", "n generated", "accuracy [95 %]", "AUC [95 %]", "TPR", "TNR", "EER",
            "Cllr"],
        (row, at) =>
        [
            Escape(row.Detector), Escape(row.Condition), Escape(row.Level.Text()), Escape(Group(row)),
            Number($"{at}.n_identities", Count(row.NIdentities)), Number($"{at}.n_real", Count(row.NReal)),
            Number($"{at}.n_generated", Count(row.NGenerated)),
            Interval(at, "accuracy", "ci_low", "ci_high", (row.Accuracy, row.CiLow, row.CiHigh), Rate),
            Interval(at, "auc", "auc_ci_low", "auc_ci_high", (row.Auc, row.AucCiLow, row.AucCiHigh), Rate),
            Number($"{at}.tpr", Rate(row.Tpr)), Number($"{at}.tnr", Rate(row.Tnr)), Number($"{at}.eer", Rate(row.Eer)),
            Number($"{at}.cllr", Rate(row.Cllr)),
        ], row => row.Level == page.Results.Headline.Level);

    /// <summary>A group in words: <c>few-shot ft, 8 shots</c>.</summary>
    private static string Group(TestRow row)
    {
        var made = string.Join(' ', new[] { row.Generator, row.Mode }.OfType<string>());
        var shots = row.Shots is { } count ? NumberText.Count(count, "shot", "shots") : "";
        return made.Length + shots.Length == 0 ? Everything : string.Join(", ", new[] { made, shots }.Where(part => part.Length > 0));
    }
}
