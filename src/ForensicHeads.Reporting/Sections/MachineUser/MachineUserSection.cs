using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.MachineUser;

/// <summary>The paper's human task, put to the detectors and to people.</summary>
internal sealed class MachineUserSection : IReportSection
{
    public string Title => "Machine-USER";

    public IReadOnlyList<Figure> Figures { get; } =
    [
        new ShotFigure("machine-user-per-shot", "Share picked by the machine-USER", "",
            "Of three sequences (at frame level: pictures) of one person, two real and one generated, the detector picks the one with "
            + "the highest score. Lower is a better generator. Human raters may stand on this axis; AUC may not.", MachineUserRow.Guessing),
    ];

    public IEnumerable<FigureTable> Tables(ExperimentResults results)
    {
        var headline = results.Headline;
        bool IsDrawn(MachineUserRow row) =>
            row.Level == Level.Video && headline.IsDrawn(row.Condition) && (row.Arm == headline.Arm || row.Arm is null);
        return results.MachineUser.Where(IsDrawn)
            .GroupBy(row => row.Condition, StringComparer.Ordinal).OrderByDescending(group => group.Key == headline.Condition)
            .Select(group => FigureTable.Of(
                $"machine-user-per-shot.{FigureTable.Slug(group.Key)}", ShotFigure.Columns, group.Select(row => new object?[]
                {
                    $"{row.Detector} {row.Mode}", row.Shots, row.Accuracy, row.CiLow, row.CiHigh, row.Condition, row.Level, row.Arm,
                    row.Detector, row.NIdentities, null, null,
                }).Concat(results.HumanUser.Select(row => new object?[]
                {
                    $"{HumanUserRow.Name} {row.Mode}", row.Shots, row.Accuracy, row.CiLow, row.CiHigh, group.Key, Level.Video, "",
                    HumanUserRow.Name, null, null, null,
                }))));
    }

    public string Html(SectionPage page) => page.Pictures + People(page.Results) + Machines(page);

    private static string People(ExperimentResults results) => results.HumanUser.Count == 0 ? "" : "<h3>People</h3>\n" + Table(
        "human_user", results.HumanUser, ["mode", "T", "raters", "triplets", "picked the generated one [95 %]"],
        (row, at) =>
        [
            Escape(row.Mode.ToString()), Number($"{at}.shots", Count(row.Shots)), Number($"{at}.n_raters", Count(row.NRaters)),
            Number($"{at}.n_triplets", Count(row.NTriplets)),
            Interval(at, "accuracy", "ci_low", "ci_high", (row.Accuracy, row.CiLow, row.CiHigh), Rate),
        ]) + Note("The same task, put to human raters. Intervals: over raters.") + "<h3>Detectors</h3>\n";

    private static string Machines(SectionPage page) =>
        page.Results.MachineUser.Count == 0 ? Note("No person has a second real sequence.") : Table(
            "machine_user", page.Results.MachineUser,
        ["condition", "level", "detector", "mode", "arm", "T", "people", "triplets", "picked the generated one [95 %]", "chance"],
        (row, at) =>
        [
            Escape(row.Condition), Escape(row.Level.Text()), Escape(row.Detector), Escape(row.Mode.ToString()), Arm(row.Arm),
            Number($"{at}.shots", Count(row.Shots)), Number($"{at}.n_identities", Count(row.NIdentities)),
            Number($"{at}.n_triplets", Count(row.NTriplets)),
            Interval(at, "accuracy", "ci_low", "ci_high", (row.Accuracy, row.CiLow, row.CiHigh), Rate),
            Number($"{at}.chance", Rate(row.Chance)),
        ], row => row.Level == Level.Video && page.Results.Headline.IsDrawn(row.Condition))
        + Note("Three sequences (video level) or pictures (frame level) of one person: the true driver frames, a second true sequence "
            + "from another video where there is one, and the generated one. Equal scores are decided by a seeded coin. Intervals: over "
            + "people.");
}

/// <summary>What human raters reached in the machine-USER's task: of three sequences of one person, two real and one generated, they picked
/// the generated one. Chance is one third.</summary>
public sealed record HumanUserRow
{
    /// <summary>What raters are called beside the detectors.</summary>
    public const string Name = "people";

    private static readonly string[] Columns = ["rater", "mode", "shots", "picked", "shown"];

    /// <summary><c>ff</c> or <c>ft</c>.</summary>
    public required Method Mode { get; init; }

    /// <summary>Shot count T.</summary>
    public required int Shots { get; init; }

    /// <summary>Raters.</summary>
    public int NRaters { get; init; }

    /// <summary>Triplets shown, over all raters.</summary>
    public int NTriplets { get; init; }

    /// <summary>Share of triplets in which the generated one was picked.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Lower 95 % limit, over raters.</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? CiHigh { get; init; }

    /// <summary>Reads a rating study: CSV with the columns rater, mode, shots, picked, shown; one line a rater, mode and shot
    /// count.</summary>
    /// <param name="name">The file's name, for errors.</param>
    /// <param name="csv">Its text.</param>
    /// <exception cref="UserErrorException">A column is missing, a number is none, or more was picked than shown.</exception>
    public static IReadOnlyList<HumanUserRow> Read(string name, string csv)
    {
        var table = FigureTable.Parse(Path.GetFileNameWithoutExtension(name), csv);
        if (Columns.FirstOrDefault(column => !table.Columns.Contains(column)) is { } missing)
            throw new UserErrorException(
                $"{name} has no column {missing}. A rating study has the columns {string.Join(", ", Columns)}: one line a rater, mode "
                + "(ff or ft) and shot count, with how many triplets were shown and in how many the generated one was picked.");
        var lines = Enumerable.Range(0, table.Rows.Count)
            .Select(row =>
                (Row: row, Rater: table.Text(row, "rater"), Mode: table.Text(row, "mode"), Shots: Whole(row, "shots"),
            Picked: Whole(row, "picked"), Shown: Whole(row, "shown"))).ToArray();
        var seen = new HashSet<(string, string, int)>();
        foreach (var line in lines)
        {
            if (!seen.Add((line.Rater, line.Mode, line.Shots))) throw Wrong(line.Row,
                $"rater \"{line.Rater}\" has a line for {line.Mode} at {line.Shots} shots already");
            if (OriginText.ModeOf(line.Mode) is null) throw Wrong(line.Row, $"mode \"{line.Mode}\" is neither ff nor ft");
            if (line.Shots < 1 || line.Picked < 0 || line.Picked > line.Shown) throw Wrong(line.Row,
                $"{line.Picked} picked of {line.Shown} shown at {line.Shots} shots cannot be");
        }

        return [.. lines.GroupBy(line => (Mode: Method.Of(line.Mode), line.Shots)).OrderBy(cell => cell.Key.Mode)
            .ThenBy(cell => cell.Key.Shots).Select(cell =>
        {
            var raters = cell.GroupBy(line => line.Rater, StringComparer.Ordinal)
                .Select(rater => (rater.Sum(line => line.Picked), rater.Sum(line => line.Shown))).ToArray();
            var share = ClusteredProportion.Share(raters);
            return new HumanUserRow { Mode = cell.Key.Mode, Shots = cell.Key.Shots, NRaters = raters.Length,
                NTriplets = raters.Sum(rater => rater.Item2), Accuracy = share.Value, CiLow = share.Low, CiHigh = share.High };
        })];

        int Whole(int row, string column) =>
            table.Number(row, column) is { } value && value == Math.Floor(value) && Math.Abs(value) < 1e9 ? (int)value
            : throw Wrong(row, $"{column} \"{table.Text(row, column)}\" is not a whole number");

        UserErrorException Wrong(int row, string what) => new($"{name}, line {row + 2}: {what}. Mend the line and try again.");
    }
}
