using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Groups;

/// <summary>False alarms by attribute of the person.</summary>
internal sealed class GroupsSection : IReportSection
{
    public string Title => AccuracySection.Heading;

    /// <summary>What is said of notable gaps on the first screen: a line for each attribute whose intervals lie apart, and one for all
    /// others together, whose gaps may be chance.</summary>
    internal static IEnumerable<string> Gaps(ExperimentResults results)
    {
        var gaps = results.Groups.Where(group => group.Tnr is not null).GroupBy(group => group.Attribute)
            .Select(group => (Attribute: Words(group.Key), Low: group.MinBy(row => row.Tnr)!, High: group.MaxBy(row => row.Tnr)!))
            .Where(gap => gap.High.Tnr - gap.Low.Tnr > GroupRow.NotableGap).ToLookup(gap => gap.Low.CiHigh < gap.High.CiLow);
        foreach (var (attribute, low, high) in gaps[true])
            yield return $"False alarms are uneven by {attribute}: TNR {Of(low)}, {Of(high)}. The intervals do not overlap.";
        if (gaps[false].ToArray() is { Length: > 0 } unclear)
            yield return $"False alarms may be uneven by {string.Join(", ", unclear.Select(gap => gap.Attribute))}, by up to "
                + $"{Prose(unclear.Max(gap => gap.High.Tnr - gap.Low.Tnr))} in TNR; the intervals of the groups overlap, so this may be "
                + "chance. The groups stand under \"False alarms by group\".";

        static string Of(GroupRow row) => $"{Interval(row.Tnr, row.CiLow, row.CiHigh, Prose)} for {row.Value} (n = {row.NIdentities})";
    }

    public string Html(SectionPage page) => page.Results.Groups.Count == 0 ? "" : "<h3>False alarms by group</h3>\n" + Table(
        "groups", page.Results.Groups, ["attribute", "value", "people", "TNR [95 %]"],
        (row, at) =>
        [
            Escape(Words(row.Attribute)), Escape(row.Value), Number($"{at}.n_identities", Count(row.NIdentities)),
            Interval(at, "tnr", "ci_low", "ci_high", (row.Tnr, row.CiLow, row.CiHigh), Rate),
        ]);

    private static string Words(string attribute) => attribute.Replace('_', ' ');
}

/// <summary>Who is wronged by false alarms: TNR of the people who share an attribute.</summary>
/// <param name="Attribute">skin_tone, sex, age, glasses, beard.</param>
/// <param name="Value">The attribute's value.</param>
/// <param name="NIdentities">People.</param>
/// <param name="Tnr">Share of their real items called real.</param>
/// <param name="CiLow">Lower 95 % limit.</param>
/// <param name="CiHigh">Upper 95 % limit.</param>
public sealed record GroupRow(string Attribute, string Value, int NIdentities, double? Tnr, double? CiLow, double? CiHigh)
{
    /// <summary>A gap in TNR above this is printed on the first screen: 5 points.</summary>
    public const double NotableGap = 0.05;

    /// <summary>The true frames under one condition by each attribute of their people; nothing where no attribute is known.</summary>
    /// <param name="items">Scores of one detector; the threshold is 0.</param>
    /// <param name="condition">The headline's.</param>
    /// <param name="attributes">A person's attributes by name, the same names for each.</param>
    public static IReadOnlyList<GroupRow> Of(
        IReadOnlyList<ScoredItem> items, string condition, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> attributes)
    {
        var real = items.Where(item =>
            item is { Generated: false, Level: Level.Frame } && item.Condition == condition && attributes.ContainsKey(item.Identity))
                .ToArray();
        if (real.Length == 0) return [];
        return [.. attributes[real[0].Identity].Keys.SelectMany(attribute => real.GroupBy(item => attributes[item.Identity][attribute])
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
            {
                var share = ClusteredProportion.Share(group.GroupBy(item => item.Identity, StringComparer.Ordinal)
                    .Select(person => (person.Count(item => item.Score <= 0), person.Count())));
                return new GroupRow(attribute, group.Key, HeadlineScores.People(group), share.Value, share.Low, share.High);
            }))];
    }
}
