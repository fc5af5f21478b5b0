using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Groups;

/// <summary>False alarms by attribute of the person.</summary>
internal sealed class GroupsSection : IReportSection
{
    public string Title => AccuracySection.Heading;

    /// <summary>What is said of uneven false alarms on the first screen: a line for each group whose difference from all others leaves 0
    /// out, also after Holm over all groups.</summary>
    internal static IEnumerable<string> Gaps(ExperimentResults results) =>
        results.Groups.Where(group => group.DifferenceCiLow > 0 || group.DifferenceCiHigh < 0).Where(group => group.PHolm < 0.05)
            .Select(group => $"False alarms are uneven by {Words(group.Attribute)}: for {group.Value} (n = {group.NIdentities}) TNR is "
                + $"{(group.Difference < 0 ? "lower" : "higher")} by {Prose(Math.Abs(group.Difference!.Value))} "
                + $"[{Prose(Least(group))}, {Prose(Most(group))}] than for the others (p = {P(group.PHolm)} after Holm).");

    private static double Least(GroupRow group) => Limits(group).Min();

    private static double Most(GroupRow group) => Limits(group).Max();

    private static double[] Limits(GroupRow group) => [Math.Abs(group.DifferenceCiLow!.Value), Math.Abs(group.DifferenceCiHigh!.Value)];

    public string Html(SectionPage page) => page.Results.Groups.Count == 0 ? "" : "<h3>False alarms by group</h3>\n" + Table(
        "groups", page.Results.Groups, ["attribute", "value", "people", "TNR [95 %]",
            "minus the others' [95 %]", "p", "p (Holm)"],
        (row, at) =>
        [
            Escape(Words(row.Attribute)), Escape(row.Value), Number($"{at}.n_identities", Count(row.NIdentities)),
            Interval(at, "tnr", "ci_low", "ci_high", (row.Tnr, row.CiLow, row.CiHigh), Rate),
            Interval(at, "difference", "difference_ci_low", "difference_ci_high",
                (row.Difference, row.DifferenceCiLow, row.DifferenceCiHigh), Reporting.Results.NumberText.Difference),
            Number($"{at}.p", P(row.P)), Number($"{at}.p_holm", P(row.PHolm)),
        ]) + Note("Each group against all other people, a person's TNR one number: Welch's interval, p by permuting who is in the group, "
            + "Holm over all groups.");

    private static string Words(string attribute) => attribute.Replace('_', ' ');
}

/// <summary>Who is wronged by false alarms: TNR of the people who share an attribute, and how far it lies from the others'.</summary>
/// <param name="Attribute">skin_tone, sex, age, glasses, beard.</param>
/// <param name="Value">The attribute's value.</param>
/// <param name="NIdentities">People.</param>
/// <param name="Tnr">Share of their real items called real.</param>
/// <param name="CiLow">Lower 95 % limit.</param>
/// <param name="CiHigh">Upper 95 % limit.</param>
public sealed record GroupRow(string Attribute, string Value, int NIdentities, double? Tnr, double? CiLow, double? CiHigh)
{
    /// <summary>Mean TNR of these people minus that of all others.</summary>
    public double? Difference { get; init; }

    /// <summary>Lower 95 % limit (<see cref="GroupDifference"/>); null where a group has one person or nobody differs.</summary>
    public double? DifferenceCiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? DifferenceCiHigh { get; init; }

    /// <summary>Permutation p of the difference.</summary>
    public double? P { get; init; }

    /// <summary>After Holm over all groups; of an attribute with two values one counts.</summary>
    public double? PHolm { get; init; }

    /// <summary>The true frames under one condition by each attribute of their people; nothing where no attribute is known.</summary>
    /// <param name="items">Scores of one detector; the threshold is 0.</param>
    /// <param name="condition">The headline's.</param>
    /// <param name="attributes">A person's attributes by name, the same names for each.</param>
    /// <param name="seed">Seed of the permutations.</param>
    public static IReadOnlyList<GroupRow> Of(IReadOnlyList<ScoredItem> items, string condition,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> attributes, long seed = 0)
    {
        (string Name, int Right, int All)[] people = [.. items.Where(item => item is { Generated: false, Level: Level.Frame }
            && item.Condition == condition && attributes.ContainsKey(item.Identity)).GroupBy(item => item.Identity, StringComparer.Ordinal)
            .Select(person => (person.Key, person.Count(item => item.Score <= 0), person.Count()))];
        if (people.Length == 0) return [];
        GroupRow[] rows =
        [
            .. from attribute in attributes[people[0].Name].Keys
               from values in people.GroupBy(person => attributes[person.Name][attribute]).OrderBy(one => one.Key, StringComparer.Ordinal)
               select Row(attribute, values.Key, [.. values], [.. people.Except(values)], seed),
        ];
        // Of two values each is the other's counterpart: one test.
        int[] tests = [.. Enumerable.Range(0, rows.Length).GroupBy(i => rows[i].Attribute)
            .SelectMany(attribute => attribute.Count() == 2 ? attribute.Take(1) : attribute)];
        foreach (var (i, p) in tests.Zip(Holm.Adjust([.. tests.Select(i => rows[i].P)]))) rows[i] = rows[i] with { PHolm = p };
        return rows;
    }

    private static GroupRow Row(string attribute, string value, (string Name, int Right, int All)[] own,
        (string Name, int Right, int All)[] others, long seed)
    {
        static double[] Rates((string Name, int Right, int All)[] people) => [.. people.Select(one => (double)one.Right / one.All)];
        var share = ClusteredProportion.Share(own.Select(one => (one.Right, one.All)));
        var compared = GroupDifference.Compare(Rates(own), Rates(others), seed);
        return new GroupRow(attribute, value, own.Length, share.Value, share.Low, share.High)
        {
            Difference = compared.Difference.Value,
            DifferenceCiLow = compared.Difference.Low,
            DifferenceCiHigh = compared.Difference.High,
            P = compared.P,
        };
    }
}
