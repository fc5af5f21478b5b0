using System.Text.Json.Serialization;
using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Families;

/// <summary>How far each feature family alone goes.</summary>
internal sealed class FamiliesSection : IReportSection
{
    public string Title => "Feature families alone";

    public IReadOnlyList<Figure> Figures { get; } =
    [
        new DotFigure("families", "Each feature family alone",
            "AUC by the columns of one family alone, and by all together.", 480),
    ];

    public IEnumerable<FigureTable> Tables(ExperimentResults results) =>
        results.Families.Where(row => row.Mode == Method.Ft && row.Arm == results.Headline.Arm)
            .GroupBy(row => row.Condition, StringComparer.Ordinal).Select(group => FigureTable.Of(
                $"families.{FigureTable.Slug(group.Key)}", DotFigure.Columns, group.Select(row => new object?[]
            {
                row.Family, FormattableString.Invariant($"T = {row.Shots}"), row.Auc, row.CiLow, row.CiHigh, row.Condition, row.Level, "",
                row.NIdentities,
            })));

    public string Html(SectionPage page) => page.Pictures
        + (page.Results.Families.Count == 0 ? Note("There is one family, or none was tried alone.") : Table(
            "families", page.Results.Families, ["condition", "level", "family", "columns", "mode", "arm", "T", "people", "AUC [95 %]"],
        (row, at) =>
        [
            Escape(row.Condition), Escape(row.Level.Text()), Escape(row.Family), Number($"{at}.n_columns", Count(row.NColumns)),
                Escape(row.Mode.ToString()),
            Arm(row.Arm),
            Number($"{at}.shots", Count(row.Shots)), Number($"{at}.n_identities", Count(row.NIdentities)),
            Interval(at, "auc", "ci_low", "ci_high", (row.Auc, row.CiLow, row.CiHigh), Rate),
        ], row => row.Condition == page.Results.Headline.Condition
            && (Generators.Of(row.Mode) is Reconstruction || (row.Mode == Method.Ft && row.Arm == page.Results.Headline.Arm))));
}

/// <summary>How far one feature family alone goes: a detector of its columns and no others, trained like the artefact one.</summary>
public sealed record FamilyRow
{
    /// <summary>What stands for all families together.</summary>
    public const string All = "all";

    /// <summary>The family's name, or <c>all</c>.</summary>
    public required string Family { get; init; }

    /// <summary>Columns the detector had.</summary>
    public required int NColumns { get; init; }

    /// <summary>The condition applied to both classes.</summary>
    public required string Condition { get; init; }

    /// <summary><c>frame</c> or <c>video</c>.</summary>
    public required Level Level { get; init; }

    /// <summary><c>ff</c>, <c>ft</c> or an anchor's name.</summary>
    public required Method Mode { get; init; }

    /// <summary><c>epochs</c> or <c>updates</c>; empty where the budget of fine-tuning plays no part.</summary>
    [JsonConverter(typeof(ArmJson))]
    public Arm? Arm { get; init; }

    /// <summary>Shot count T; null for anchors.</summary>
    public int? Shots { get; init; }

    /// <summary>Area under the ROC curve.</summary>
    public double? Auc { get; init; }

    /// <summary>Lower 95 % limit.</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? CiHigh { get; init; }

    /// <summary>Test people.</summary>
    public int NIdentities { get; init; }

    /// <summary>Whether an item stands in these rows: true frames, the subject's heads and the anchors; other attackers have tables of
    /// their own.</summary>
    public static bool IsShown(ScoredItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return !item.Generated || item.IsAnchor || item.Origin.IsHead;
    }

    /// <summary>The rows of each family and condition, in the order of first appearance.</summary>
    /// <param name="scored">Families, how many columns each has, and items that its detector scored.</param>
    /// <param name="level">The headline's.</param>
    public static IReadOnlyList<FamilyRow> Of(IEnumerable<(string Family, int Columns, ScoredItem Item)> scored, Level level) =>
        [.. scored.Where(entry => entry.Item.Level == level).GroupBy(entry => (entry.Family, entry.Columns, entry.Item.Condition))
            .SelectMany(group =>
        {
            var real = group.Where(entry => !entry.Item.Generated).Select(entry => entry.Item).ToArray();
            return group.Where(entry => entry.Item.Generated)
                .GroupBy(entry => (Mode: entry.Item.Origin.Method!.Value, entry.Item.Arm, entry.Item.Shots))
                .OrderBy(cell => cell.Key.Mode).ThenBy(cell => cell.Key.Arm).ThenBy(cell => cell.Key.Shots).Select(cell =>
                {
                    ScoredItem[] both = [.. real, .. cell.Select(entry => entry.Item)];
                    var auc = ClusteredAuc.Interval(both.Select(item => item.Clustered));
                    return new FamilyRow
                    {
                        Family = group.Key.Family,
                        NColumns = group.Key.Columns,
                        Condition = group.Key.Condition,
                        Level = level,
                        Mode = cell.Key.Mode,
                        Arm = cell.Key.Arm,
                        Shots = cell.Key.Shots,
                        Auc = auc.Value,
                        CiLow = auc.Low,
                        CiHigh = auc.High,
                        NIdentities = both.Select(item => item.Identity).Distinct(StringComparer.Ordinal).Count(),
                    };
                });
        })];
}
